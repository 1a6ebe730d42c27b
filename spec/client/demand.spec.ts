import { describe, expect, it } from '@jest/globals';
import type { Client } from '../../lib/client/Client.js';
import { clientWorld, openWorld, withoutClose } from '../support/clientWorld.js';
import { added } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const wanting: readonly [string, (client: Client) => () => void][] = [
  ['a stream of one name', (client) => watch(client.participantAdded$).unsubscribe],
  ['event()', (client) => watch(client.event('profileUpdated')).unsubscribe],
  ['events$', (client) => watch(client.events$).unsubscribe],
  ['unknownEvents$', (client) => watch(client.unknownEvents$).unsubscribe],
  ['a handler', (client) => client.on('participantAdded', () => undefined)],
  ['connect()', (client) => client.connect()],
  [
    'the messages of a conversation',
    (client) => watch(client.conversation('garden').messageEvents()).unsubscribe,
  ],
  ['the log of a conversation', (client) => watch(client.conversation('garden').log().events$).unsubscribe],
];

const watching: readonly [string, (client: Client) => unknown][] = [
  ['status$', (client) => watch(client.status$)],
  ['reconnected$', (client) => watch(client.reconnected$)],
  ['decodeErrors$', (client) => watch(client.decodeErrors$)],
  ['handlerErrors$', (client) => watch(client.handlerErrors$)],
  ['me$', (client) => watch(client.me$)],
  ['the status of a log', (client) => watch(client.conversation('garden').log().status$)],
  ['the holes of a log', (client) => watch(client.conversation('garden').log().holes$)],
  ['the others of a log', (client) => watch(client.conversation('garden').log().others$)],
  ['a conversation', (client) => client.conversation('garden')],
];

describe('demand for the line', () => {
  it.each(wanting)('is created by %s, and ends with it', async (_what, want) => {
    const world = clientWorld();
    const { client, line, time } = world;

    const leave = want(client);
    await settled();
    world.open();
    leave();
    await time.advance(1_999);
    const statesBefore = world.states;
    await time.advance(1);

    expect(statesBefore).toEqual(['idle', 'connecting', 'connected']);
    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'idle']);
    expect(line.sockets).toHaveLength(1);
    expect(line.last().closedBy).toEqual({ code: 1000 });
    expect(time.pending).toBe(0);
  });

  it.each(watching)('is not created by %s', async (_what, look) => {
    const { client, line, backend, time } = clientWorld();

    look(client);
    await time.advance(60_000);

    expect(line.sockets).toEqual([]);
    expect(backend.calls).toEqual([]);
    expect(time.pending).toBe(0);
  });

  it('opens one socket for everybody', async () => {
    const { client, line } = clientWorld();

    for (const [, want] of wanting) want(client);
    await settled();

    expect(line.sockets).toHaveLength(1);
  });

  it('lasts while anybody is left', async () => {
    const { client, line, time } = await openWorld();

    const leave = watch(client.events$).unsubscribe;
    leave();
    await time.advance(10_000);

    expect(client.status.state).toBe('connected');
    expect(line.sockets).toHaveLength(1);
  });

  it('bridges a gap shorter than lingerMs without a new socket', async () => {
    const { client, line, time } = clientWorld({ lingerMs: 500 });

    const release = client.connect();
    await settled();
    line.last().open();
    release();
    await time.advance(499);
    client.connect();
    await time.advance(10_000);

    expect(line.sockets).toHaveLength(1);
    expect(client.status.state).toBe('connected');
  });

  it('lingers anew each time that the last one leaves', async () => {
    const { client, line, time } = clientWorld({ lingerMs: 500 });

    const leave = client.connect();
    await settled();
    line.last().open();
    leave();
    await time.advance(400);
    client.connect()();
    await time.advance(499);
    const stateBefore = client.status.state;
    await time.advance(1);

    expect(stateBefore).toBe('connected');
    expect(client.status.state).toBe('idle');
  });

  it('is given up only once by calling release twice', async () => {
    const { client, line, time } = clientWorld();

    const release = client.connect();
    client.connect();
    await settled();
    line.last().open();
    release();
    release();
    await time.advance(10_000);

    expect(client.status.state).toBe('connected');
  });

  it('that leaves while connecting and comes back at once keeps the socket', async () => {
    const { client, line, time, open, receive } = clientWorld();

    watch(client.events$).unsubscribe();
    const events = watch(client.participantAdded$);
    await settled();
    open();
    receive(added('ann'));
    await time.advance(10_000);

    expect(line.sockets).toHaveLength(1);
    expect(events.values).toEqual([{ conversationId: 'garden', profileId: 'ann' }]);
    expect(events.end).toBeUndefined();
  });

  it('that leaves for long while connecting and comes back gets a socket of its own, and its data', async () => {
    const { client, line, time, open, receive } = clientWorld({ lingerMs: 0 });

    const leave = watch(client.events$).unsubscribe;
    await settled();
    leave();
    await time.advance(0);
    const events = watch(client.participantAdded$);
    await time.advance(0);
    const [first] = line.sockets;
    first?.open();
    open();
    receive(added('ann'));
    await time.advance(10_000);

    expect(line.sockets).toHaveLength(2);
    expect(first?.readyState).toBe(3);
    expect(events.values).toEqual([{ conversationId: 'garden', profileId: 'ann' }]);
    expect(events.end).toBeUndefined();
  });

  it('comes back while the old socket is still closing', async () => {
    const world = clientWorld({ lingerMs: 0, heartbeat: false }, withoutClose);
    const { client, line, time } = world;

    const release = client.connect();
    await settled();
    world.open();
    release();
    await time.advance(0);
    client.connect();
    await settled();
    world.open();
    const pending = time.pending;
    line.sockets[0]?.close(1000);
    await time.advance(10_000);

    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'connecting', 'connected']);
    expect(pending).toBe(0);
  });

  it('does not wait twice for a socket that never closes', async () => {
    const world = clientWorld({ lingerMs: 0 }, withoutClose);
    const { client, line, time } = world;
    const openAndLeave = async (): Promise<void> => {
      const release = client.connect();
      await settled();
      world.open();
      release();
      await time.advance(0);
    };

    await openAndLeave();
    await time.advance(2_000);
    await openAndLeave();
    line.last().close(1000);

    expect(client.status.state).toBe('idle');
    expect(line.sockets.map(({ readyState }) => readyState)).toEqual([1, 3]);
  });

  it('never waits longer than a timer can', async () => {
    const { client, line, time } = clientWorld({ lingerMs: Infinity, heartbeat: false });

    const release = client.connect();
    await settled();
    line.last().open();
    release();
    await time.advance(2 ** 31 - 2);
    const stateBefore = client.status.state;
    await time.advance(1);

    expect(stateBefore).toBe('connected');
    expect(client.status.state).toBe('idle');
  });
});

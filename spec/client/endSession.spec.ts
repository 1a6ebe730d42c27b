import { describe, expect, it } from '@jest/globals';
import { retry } from 'rxjs';
import { clientWorld, type ClientWorld, withoutClose } from '../support/clientWorld.js';
import { never } from '../support/fakeBackend.js';
import { added, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { type Watched, watch } from '../support/watch.js';

const loggedIn = async (): Promise<ClientWorld> => {
  const world = clientWorld({ authenticate: () => 'jwt' });
  world.backend.logs.set('garden', [sent(0)]);
  world.client.connect();
  await settled();
  world.open();
  await settled();
  return world;
};

const socketTokens = ({ line }: ClientWorld): readonly (string | null)[] =>
  line.sockets.map(({ url }) => new URL(url).searchParams.get('token'));

describe('endSession', () => {
  it('ends the session here and at the server, and all that came with it', async () => {
    const world = await loggedIn();
    const { client } = world;
    const streams = [
      client.events$,
      client.unknownEvents$,
      client.conversation('garden').messageEvents(),
    ].map((stream$) => watch<unknown>(stream$));
    await settled();

    const ended = watch(client.endSession());
    await settled();
    await world.time.advance(600_000);

    expect(ended).toMatchObject({ values: [undefined], end: 'completed' });
    expect(streams.map(({ end }) => end)).toEqual(['completed', 'completed', 'completed']);
    expect(world.backend.calls.at(-1)).toBe('DELETE /sessions/s1');
    expect(world.states).toEqual(['idle', 'connecting', 'connected', 'closing', 'idle']);
    expect(world.liveSockets).toBe(0);
    expect(world.time.pending).toBe(0);
    expect(world.backend.inFlight).toBe(0);
  });

  it('cancels the attempt that a lost line waits for: nobody is logged in again', async () => {
    const world = await loggedIn();
    world.line.last().close();

    world.client.endSession().subscribe();
    await world.time.advance(600_000);

    expect(world.line.sockets).toHaveLength(1);
    expect(world.backend.calls).toEqual(['GET /sessions/start', 'POST /sessions', 'DELETE /sessions/s1']);
    expect(world.client.status.state).toBe('idle');
  });

  it('does nothing before it is subscribed to, and runs once', async () => {
    const world = await loggedIn();

    const ended$ = world.client.endSession();
    await settled();
    const callsBefore = world.backend.calls.length;
    const results = [watch(ended$), watch(ended$)];
    await settled();

    expect(world.backend.calls).toHaveLength(callsBefore + 1);
    expect(results.map(({ end }) => end)).toEqual(['completed', 'completed']);
    expect(watch(ended$)).toMatchObject({ values: [undefined], end: 'completed' });
  });

  it('does not end the next session when it is subscribed to once more', async () => {
    const world = await loggedIn();
    const ended$ = world.client.endSession();
    watch(ended$);
    await settled();
    world.client.connect();
    await settled();
    world.open();

    watch(ended$);
    await world.time.advance(10_000);

    expect(world.client.status.state).toBe('connected');
  });

  it('lets a request that is tried again from within the end go with the next session', async () => {
    const world = await loggedIn();
    world.backend.respond = ({ path, token }) =>
      path === '/profiles/ann' && token === 'session-1' ? never() : undefined;
    const profile = watch(world.client.rest.getProfile('ann').pipe(retry(1)));
    await settled();

    watch(world.client.endSession());
    await settled();

    expect(profile.end).toBe('completed');
    expect(
      world.backend.requests.filter(({ path }) => path === '/profiles/ann').map(({ token }) => token),
    ).toEqual(['session-1', 'session-2']);
  });

  it('goes on when nobody waits for it any more', async () => {
    const world = await loggedIn();

    watch(world.client.endSession()).unsubscribe();
    await settled();

    expect(world.backend.calls.at(-1)).toBe('DELETE /sessions/s1');
    expect(world.client.status.state).toBe('idle');
  });

  it('completes although the server cannot be told', async () => {
    const world = await loggedIn();
    world.backend.respond = () => ({ status: 500 });

    const ended = watch(world.client.endSession());
    await settled();

    expect(ended).toMatchObject({ values: [undefined], end: 'completed' });
  });

  it('lets the next subscriber log in anew', async () => {
    const world = await loggedIn();
    world.client.endSession().subscribe();
    await settled();

    const stream = watch(world.client.participantAdded$);
    await settled();
    world.open();
    world.receive(added('ann'));

    expect(socketTokens(world)).toEqual(['session-1', 'session-2']);
    expect(stream.values).toHaveLength(1);
  });

  it('lets whoever comes back from within the end log in anew', async () => {
    const world = await loggedIn();
    const { client } = world;
    const back: unknown[] = [];
    client.participantAdded$.subscribe({
      complete: () => client.participantAdded$.subscribe((event) => back.push(event)),
    });
    const messages: unknown[] = [];
    client
      .conversation('garden')
      .messageEvents()
      .subscribe({
        complete: () =>
          client
            .conversation('garden')
            .messageEvents()
            .subscribe((event) => messages.push(event)),
      });

    client.endSession().subscribe();
    await settled();
    world.open();
    await settled();
    world.receive(added('ann'));

    expect(socketTokens(world)).toEqual(['session-1', 'session-2']);
    expect(back).toHaveLength(1);
    expect(messages).toHaveLength(1);
    expect(world.states).toEqual([
      ...['idle', 'connecting', 'connected', 'closing'],
      ...['connecting', 'connected'],
    ]);
  });

  it('does not end what is subscribed to in answer to it', async () => {
    const world = await loggedIn();
    const { client } = world;
    const garden = client.conversation('garden');
    const back: Watched<unknown>[] = [];
    const comeBack = (): void => {
      back.push(
        watch(garden.messageEvents()),
        watch(client.events$),
        watch(client.conversationMessageEvent$),
      );
    };
    garden.messageEvents().subscribe({ complete: comeBack });
    client.participantAdded$.subscribe({ complete: comeBack });
    await settled();

    client.endSession().subscribe();
    await settled();
    world.open();
    await settled();
    world.receive(sent(1));

    expect(back.map(({ end }) => end)).toEqual(back.map(() => undefined));
    expect(back.map(({ values }) => values.length)).toEqual([2, 1, 1, 2, 1, 1]);
  });

  it('ends requests under way with closed', async () => {
    const world = await loggedIn();
    world.backend.respond = ({ method }) => (method === 'GET' ? never() : undefined);
    const profile = watch(world.client.rest.getProfile('ann'));
    await settled();

    world.client.endSession().subscribe();
    await settled();

    expect(profile).toMatchObject({ end: 'closed', error: { message: 'The session was ended meanwhile.' } });
    expect(world.backend.inFlight).toBe(0);
  });

  it('keeps handlers, which hold no line any more', async () => {
    const world = await loggedIn();
    const told: unknown[] = [];
    world.client.on('participantAdded', (event) => told.push(event));
    world.client.endSession().subscribe();
    await world.time.advance(60_000);
    const stateBetween = world.client.status.state;

    world.client.connect();
    await settled();
    world.open();
    world.receive(added('ann'));

    expect(stateBetween).toBe('idle');
    expect(told).toHaveLength(1);
  });

  it('revives a client that has failed', async () => {
    const world = clientWorld({ reconnect: false });
    world.client.connect();
    await settled();
    world.line.last().close();
    const stateBefore = world.client.status.state;

    world.client.endSession().subscribe();
    await settled();

    expect(stateBefore).toBe('failed');
    expect(world.client.status.state).toBe('idle');
  });

  it('sends no request where the app gives the tokens itself', async () => {
    const world = clientWorld();

    const ended = watch(world.client.endSession());
    await settled();

    expect(ended.end).toBe('completed');
    expect(world.backend.calls).toEqual([]);
  });

  it('is idle, and over, only once the socket has closed', async () => {
    const world = clientWorld({}, withoutClose);
    world.client.connect();
    await settled();
    world.open();

    const ended = watch(world.client.endSession());
    await settled();
    const stateBefore = world.client.status.state;
    const endBefore = ended.end;
    world.line.last().close(1000);

    expect(stateBefore).toBe('closing');
    expect(endBefore).toBeUndefined();
    expect(world.client.status.state).toBe('idle');
    expect(ended).toMatchObject({ values: [undefined], end: 'completed' });
    expect(world.time.pending).toBe(0);
  });
});

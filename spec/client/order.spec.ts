import { describe, expect, it } from '@jest/globals';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { added, removed, sent } from '../support/frames.js';
import { unhandled } from '../support/unhandled.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

describe('order', () => {
  it('gives a frame to everybody before the next one, though it comes in the middle', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    client.participantAdded$.subscribe(({ profileId }) => {
      told.push(`first ${profileId}`);
      if (profileId === 'ann') world.receive(added('bob'));
    });
    client.participantAdded$.subscribe(({ profileId }) => told.push(`second ${profileId}`));
    client.events$.subscribe(({ type }) => told.push(type));
    client.on('participantAdded', ({ profileId }) => told.push(`handler ${profileId}`));

    world.receive(added('ann'));

    expect(told).toEqual([
      ...['first ann', 'second ann', 'participantAdded', 'handler ann'],
      ...['first bob', 'second bob', 'participantAdded', 'handler bob'],
    ]);
  });

  it('gives a frame to everybody before the line changes, though it closes in the middle', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    client.participantAdded$.subscribe(() => {
      world.line.last().close(1011);
    });
    client.events$.subscribe(({ type }) => told.push(`${type} while ${client.status.state}`));
    client.status$.subscribe(({ state }) => told.push(state));

    world.receive(added('ann'));

    expect(told).toEqual(['connected', 'participantAdded while connected', 'waiting']);
  });

  it('gives a frame to everybody before it says that the next one was too big', async () => {
    const sockets: WebSocket[] = [];
    const world = await openWorld(
      {},
      (ctor) =>
        class extends ctor {
          constructor(url: string) {
            super(url);
            sockets.push(this);
          }
        },
    );
    const { client } = world;
    const told: string[] = [];
    const error = { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' };
    client.decodeErrors$.subscribe(({ kind }) => told.push(kind));
    client.participantAdded$.subscribe(() => {
      sockets[0]?.onerror?.(Object.assign(new Event('error'), { error }));
    });
    client.events$.subscribe(({ type }) => told.push(type));

    world.receive(added('ann'));

    expect(told).toEqual(['participantAdded', 'too-big']);
  });

  it('gives whoever subscribes in the middle the next frame first', async () => {
    const world = await openWorld();
    const { client } = world;
    const late: string[] = [];
    const subscribeAll = (): void => {
      client.participantAdded$.subscribe(({ profileId }) => late.push(`stream ${profileId}`));
      client.events$.subscribe(({ type }) => late.push(type));
      client.on('participantAdded', ({ profileId }) => late.push(`handler ${profileId}`));
    };
    client.on('participantAdded', subscribeAll, { once: true });
    const first = client.participantAdded$.subscribe(() => {
      first.unsubscribe();
      subscribeAll();
    });

    world.receive(added('ann'));
    const lateForAnn = [...late];
    world.receive(added('bob'));

    expect(lateForAnn).toEqual([]);
    expect(late).toHaveLength(6);
  });

  it('gives whoever subscribes to unknown events in the middle the next one first', async () => {
    const world = await openWorld();
    world.backend.logs.set('garden', []);
    const late: string[] = [];
    const log = world.client.conversation('garden').log();
    log.others$.subscribe(() => world.client.unknownEvents$.subscribe(({ wireName }) => late.push(wireName)));
    watch(log.events$);
    await settled();

    world.receive({ ...sent(0), name: 'conversationMessage.delete' });

    expect(late).toEqual([]);
  });

  it('calls a handler that is taken off in the middle for the last time', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    const second = (): unknown => told.push('second');
    client.on('participantAdded', () => {
      told.push('first');
      client.off('participantAdded', second);
    });
    client.on('participantAdded', second);

    world.receive(added('ann'));
    world.receive(added('bob'));

    expect(told).toEqual(['first', 'second', 'first']);
  });

  it('tells whoever is unsubscribed in the middle nothing more', async () => {
    const world = await openWorld();
    world.client.participantAdded$.subscribe(() => {
      second.unsubscribe();
    });
    const second = watch(world.client.participantAdded$);
    const third = watch(world.client.participantAdded$);

    world.receive(added('ann'));

    expect(second.values).toEqual([]);
    expect(third.values).toHaveLength(1);
  });

  it('closes only after everybody has been told', async () => {
    const world = await openWorld();
    const { client } = world;
    world.backend.logs.set('garden', []);
    const first = watch(client.conversation('garden').messageEvents());
    client
      .conversation('garden')
      .messageEvents()
      .subscribe(() => void client.close());
    const last = watch(client.conversation('garden').messageEvents());
    const stream = watch(client.events$);
    const handled: unknown[] = [];
    client.on('conversationMessageEvent', (event) => handled.push(event));
    await settled();

    world.receive(sent(0));

    expect([first, last, stream].map(({ values }) => values.length)).toEqual([1, 1, 1]);
    expect([first, last, stream].map(({ end }) => end)).toEqual(['completed', 'completed', 'completed']);
    expect(handled).toHaveLength(1);
  });

  it('ends the session only after everybody has been told', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    client.me$.subscribe((me) => told.push(`me: ${String(me)}`));
    client.participantAdded$.subscribe(() => client.endSession().subscribe());
    client.participantAdded$.subscribe({
      next: ({ profileId }) => told.push(profileId),
      complete: () => told.push('completed'),
    });

    world.receive(added('ann'));

    expect(told).toEqual(['me: me', 'ann', 'completed']);
  });

  it('replaces the line only after everybody has been told', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    client.on('participantAdded', () => client.reconnect());
    client.on('participantAdded', () => told.push(client.status.state));

    world.receive(added('ann'));

    expect(told).toEqual(['connected']);
    expect(client.status.state).toBe('connecting');
  });

  it('hears nothing more of a line that was replaced', async () => {
    const world = await openWorld();
    const told: string[] = [];
    world.client.on('participantAdded', ({ profileId }) => {
      told.push(profileId);
      world.client.reconnect();
      world.receive(added('bob'));
    });

    world.receive(added('ann'));

    expect(told).toEqual(['ann']);
  });

  it('reports what a handler threw after everybody has been told', async () => {
    const world = await openWorld();
    const told: string[] = [];
    world.client.handlerErrors$.subscribe(() => told.push('error'));
    world.client.on('participantAdded', () => {
      throw new Error('handler');
    });
    world.client.on('participantAdded', ({ profileId }) => told.push(profileId));

    world.receive(added('ann'));

    expect(told).toEqual(['ann', 'error']);
  });

  it('does not lose what is wanted in the middle', async () => {
    const world = await openWorld({ lingerMs: 0 });
    const { client, time } = world;
    const events: unknown[] = [];
    client.participantAdded$.subscribe(() => {
      const release = client.connect();
      client.events$.subscribe((event) => events.push(event));
      release();
    });

    world.receive(added('ann'));
    await time.advance(5_000);
    world.receive(removed('ann'));

    expect(events).toHaveLength(1);
    expect(world.line.sockets).toHaveLength(1);
  });

  it('says the states of the line in order to everybody, whatever they set off', async () => {
    const world = clientWorld();
    const { client } = world;
    const first: string[] = [];
    const second: string[] = [];
    client.status$.subscribe(({ state }) => {
      first.push(state);
      if (state === 'connected') client.reconnect();
    });
    client.status$.subscribe(({ state }) => second.push(state));

    client.connect();
    await settled();
    world.open();

    expect(first).toEqual(['idle', 'connecting', 'connected', 'connecting']);
    expect(second).toEqual(first);
    expect(world.states).toEqual(first);
  });
});

describe('isolation', () => {
  const errors = unhandled();

  it('a handler that throws, or whose promise is rejected, is reported and concerns nobody else', async () => {
    const world = await openWorld();
    const { client } = world;
    const reported = watch(client.handlerErrors$);
    const told: string[] = [];
    client.on('participantAdded', () => {
      throw new Error('thrown');
    });
    client.on('participantAdded', () => Promise.reject(new Error('rejected')));
    client.on('participantAdded', () => ({
      get then(): unknown {
        throw new Error('hostile');
      },
    }));
    client.on('participantAdded', ({ profileId }) => told.push(profileId));

    world.receive(added('ann'));
    await settled();
    world.receive(added('bob'));
    await settled();

    expect(told).toEqual(['ann', 'bob']);
    expect(reported.values.slice(0, 3)).toEqual(
      ['thrown', 'hostile', 'rejected'].map((message) => ({
        event: 'participantAdded',
        payload: { conversationId: 'garden', profileId: 'ann' },
        error: new Error(message),
      })),
    );
    expect(reported.values).toHaveLength(6);
    expect(world.liveSockets).toBe(1);
  });

  it('a subscriber that throws keeps nobody from a frame', async () => {
    const world = await openWorld();
    const { client } = world;
    world.backend.logs.set('garden', []);
    const fail = (): never => {
      throw new Error('subscriber');
    };
    client.conversation('garden').messageEvents().subscribe(fail);
    client.conversationMessageEvent$.subscribe(fail);
    client.events$.subscribe(fail);
    client.status$.subscribe(fail);
    const log = watch(client.conversation('garden').messageEvents());
    const stream = watch(client.conversationMessageEvent$);
    const all = watch(client.events$);
    await settled();

    world.receive(sent(0));
    world.receive(sent(1));
    await errors.afterwards();

    expect([log, stream, all].map(({ values }) => values.length)).toEqual([2, 2, 2]);
    expect(errors.messages).toEqual(Array.from({ length: 7 }, () => 'subscriber'));
    expect(world.liveSockets).toBe(1);
  });

  it('a subscriber that throws as the line opens, and as it ends, does not disturb it (P8, P9)', async () => {
    const world = clientWorld();
    const fail = (): never => {
      throw new Error('subscriber');
    };
    world.client.status$.subscribe(fail);
    world.client.reconnected$.subscribe(fail);
    const events = watch(world.client.events$);
    await settled();

    world.open();
    world.line.last().close(1011);
    await world.time.advance(500);
    world.open();
    world.receive(added('ann'));
    await errors.afterwards();

    expect(events.values).toHaveLength(1);
    expect(world.states.at(-1)).toBe('connected');
    expect(errors.messages).toEqual(Array.from({ length: 7 }, () => 'subscriber'));
  });

  it('what is subscribed to handlerErrors$ and throws harms nobody', async () => {
    const world = await openWorld();
    const { client } = world;
    client.handlerErrors$.subscribe(() => {
      throw new Error('observer');
    });
    const told: string[] = [];
    client.on('participantAdded', () => {
      throw new Error('handler');
    });
    client.on('participantAdded', ({ profileId }) => told.push(profileId));

    world.receive(added('ann'));
    await errors.afterwards();

    expect(told).toEqual(['ann']);
    expect(errors.messages).toEqual(['observer']);
  });

  it('a slow conversation holds up no other', async () => {
    const world = await openWorld();
    const { client, backend } = world;
    backend.logs.set('pond', [sent(0, 'pond')]);
    backend.respond = ({ path }) => (path.includes('garden') ? new Promise(() => undefined) : undefined);

    watch(client.conversation('garden').messageEvents());
    const pond = watch(client.conversation('pond').messageEvents());
    await settled();

    expect(pond.values).toHaveLength(1);
  });
});

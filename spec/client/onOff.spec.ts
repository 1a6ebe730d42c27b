import { describe, expect, it } from '@jest/globals';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { added, removed } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watchedSignal } from '../support/watchedSignal.js';
import { watch } from '../support/watch.js';

describe('on and off', () => {
  it('call a function as often as it was added, in order', async () => {
    const world = await openWorld();
    const told: string[] = [];
    const handler = ({ profileId }: { readonly profileId: string }): unknown => told.push(profileId);
    world.client.on('participantAdded', handler);
    world.client.on('participantAdded', () => told.push('between'));
    world.client.on('participantAdded', handler);

    world.receive(added('ann'));

    expect(told).toEqual(['ann', 'between', 'ann']);
  });

  it('take off the most recently added match', async () => {
    const world = await openWorld();
    const told: string[] = [];
    const handler = (): unknown => told.push('handler');
    world.client.on('participantAdded', handler);
    world.client.on('participantAdded', () => told.push('between'));
    world.client.on('participantAdded', handler);

    world.client.off('participantAdded', handler);
    world.receive(added('ann'));

    expect(told).toEqual(['handler', 'between']);
  });

  it('take off all handlers of a name, of no other name, and no subscriber', async () => {
    const world = await openWorld();
    const { client } = world;
    const told: string[] = [];
    client.on('participantAdded', () => told.push('added'));
    client.on('participantAdded', () => told.push('added'));
    client.on('participantRemoved', () => told.push('removed'));
    const stream = watch(client.participantAdded$);

    client.off('participantAdded');
    world.receive(added('ann'));
    world.receive(removed('ann'));

    expect(told).toEqual(['removed']);
    expect(stream.values).toHaveLength(1);
    expect(stream.end).toBeUndefined();
  });

  it('ignore a handler that was never added, also under another name', async () => {
    const world = await openWorld();
    const told: string[] = [];
    const handler = (): unknown => told.push('handler');
    world.client.on('participantAdded', handler);

    world.client.off('participantRemoved', handler);
    world.client.off('participantAdded', () => undefined);
    world.receive(added('ann'));

    expect(told).toEqual(['handler']);
  });

  it('give a remover for that one handler, which may be called twice', async () => {
    const world = await openWorld();
    const told: string[] = [];
    const handler = (): unknown => told.push('handler');
    const remove = world.client.on('participantAdded', handler);
    world.client.on('participantAdded', handler);

    remove();
    remove();
    world.receive(added('ann'));

    expect(told).toEqual(['handler']);
  });

  it('call a handler once that wants no more', async () => {
    const world = await openWorld({ lingerMs: 0 });
    const told: string[] = [];
    world.client.on('participantAdded', ({ profileId }) => told.push(profileId), { once: true });

    world.receive(added('ann'));
    world.receive(added('bob'));

    expect(told).toEqual(['ann']);
  });

  it('await what only looks like a promise as they would a promise', async () => {
    const world = await openWorld();
    const reported = watch(world.client.handlerErrors$);
    world.client.on('participantAdded', () => ({ then: (resolve: () => void) => resolve() }));
    world.client.on('participantAdded', () => ({
      then: (_: unknown, reject: (error: unknown) => void) => {
        reject('once');
        reject('twice');
      },
    }));

    world.receive(added('ann'));
    await settled();

    expect(reported.values.map(({ error }) => error)).toEqual(['once']);
  });

  it('call a handler once that throws', async () => {
    const world = await openWorld();
    const reported = watch(world.client.handlerErrors$);
    const fail = (): never => {
      throw new Error('handler');
    };
    world.client.on('participantAdded', fail, { once: true });

    world.receive(added('ann'));
    world.receive(added('bob'));

    expect(reported.values).toHaveLength(1);
  });

  it('call a handler once that sets off the next frame itself', async () => {
    const world = await openWorld();
    const told: string[] = [];
    world.client.on(
      'participantAdded',
      ({ profileId }) => {
        told.push(profileId);
        world.receive(added('bob'));
      },
      { once: true },
    );

    world.receive(added('ann'));

    expect(told).toEqual(['ann']);
  });

  it('take a handler off when its signal is aborted, and never add one whose signal already is', async () => {
    const world = clientWorld({ lingerMs: 0 });
    const abort = new AbortController();
    const told: string[] = [];
    world.client.on('participantAdded', () => told.push('first'), { signal: abort.signal });
    await settled();
    world.open();

    abort.abort();
    world.client.on('participantAdded', () => told.push('second'), { signal: abort.signal });
    world.receive(added('ann'));
    await world.time.advance(0);

    expect(told).toEqual([]);
    expect(world.client.status.state).toBe('idle');
  });

  it('let go of the line with the last handler, however it left', async () => {
    const world = clientWorld({ lingerMs: 0 });
    const { client, time } = world;
    const handler = (): void => undefined;
    client.on('participantAdded', handler);
    client.on('participantAdded', handler);
    client.on('profileUpdated', handler, { once: true });
    await settled();
    world.open();

    client.off('participantAdded', handler);
    client.off('participantAdded');
    await time.advance(10_000);
    const stateBefore = client.status.state;
    world.receive({ name: 'profile.update', payload: {} });
    await time.advance(0);

    expect(stateBefore).toBe('connected');
    expect(client.status.state).toBe('idle');
  });

  it('tell handlers neither of errors nor of the end', async () => {
    const world = await openWorld({ reconnect: false });
    const calls: unknown[] = [];
    world.client.on('participantAdded', (...args) => calls.push(args));

    world.line.last().close();
    await world.client.close();

    expect(calls).toEqual([]);
  });

  it('add nothing to a closed client', async () => {
    const { client, line, time } = clientWorld();
    const { signal, listeners } = watchedSignal();
    await client.close();

    client.on('participantAdded', () => undefined, { signal });
    await time.advance(10_000);

    expect(line.sockets).toEqual([]);
    expect(listeners.size).toBe(0);
  });

  it('throw at the call for a name that does not exist and for what is no function', () => {
    const { client } = clientWorld();

    // @ts-expect-error It is no event name.
    expect(() => client.on('constructor', () => undefined)).toThrow(TypeError);
    // @ts-expect-error It is no event name.
    expect(() => client.off('participantUpdated')).toThrow(TypeError);
    // @ts-expect-error It is no function.
    expect(() => client.on('participantAdded')).toThrow('handler must be a function.');
  });
});

import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, EMPTY, of, Subject, throwError } from 'rxjs';
import { clientWorld } from '../support/clientWorld.js';
import { added, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

describe('enabled', () => {
  it.each([
    ['false', false],
    ['a stream of false', of(false)],
    ['a stream that ends without a word', EMPTY],
    ['a stream that fails', throwError(() => new Error('no answer'))],
    ['a stream that says nothing', new Subject<boolean>()],
  ])('as %s keeps everything quiet: no login, no request, no socket, no timer', async (_what, enabled) => {
    const world = clientWorld({ enabled });
    const { client } = world;

    const streams = [
      client.events$,
      client.conversation('garden').messageEvents(),
      client.conversation('garden').messageEvents({ after: 'now' }),
    ].map((stream$) => watch<unknown>(stream$));
    client.connect();
    client.on('participantAdded', () => undefined);
    await world.time.advance(600_000);

    expect(world.line.sockets).toEqual([]);
    expect(world.backend.calls).toEqual([]);
    expect(world.states).toEqual(['idle']);
    expect(streams.map(({ end }) => end)).toStrictEqual([undefined, undefined, undefined]);
    expect(world.time.pending).toBe(0);
  });

  it('as a stream opens and closes the line of those who wait for it', async () => {
    const enabled = new BehaviorSubject(false);
    const world = clientWorld({ enabled });
    world.backend.logs.set('garden', [sent(0)]);
    const stream = watch(world.client.participantAdded$);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();

    enabled.next(true);
    await settled();
    world.open();
    world.receive(added('ann'));
    await settled();
    enabled.next(false);
    await world.time.advance(10_000);
    enabled.next(true);
    await settled();
    world.open();
    world.receive(added('bob'));

    expect(stream.values.map(({ profileId }) => profileId)).toEqual(['ann', 'bob']);
    expect(messages.values).toHaveLength(1);
    expect(world.states).toEqual([
      ...['idle', 'connecting', 'connected', 'closing', 'idle'],
      ...['connecting', 'connected'],
    ]);
    expect(world.line.sockets.map(({ readyState }) => readyState)).toEqual([3, 1]);
  });

  it('need not be said again for history to be read', async () => {
    const enabled = new Subject<boolean>();
    const world = clientWorld({ enabled });
    world.backend.logs.set('garden', [sent(0)]);
    const messages = watch(world.client.conversation('garden').messageEvents());

    enabled.next(true);
    await settled();
    world.open();
    await settled();

    expect(messages.values).toHaveLength(1);
  });

  it('is listened to only while somebody wants the line', async () => {
    const enabled = new BehaviorSubject(true);
    const world = clientWorld({ enabled, lingerMs: 0 });

    const observedBefore = enabled.observed;
    const release = world.client.connect();
    const observedMeanwhile = enabled.observed;
    release();
    await world.time.advance(0);

    expect([observedBefore, observedMeanwhile, enabled.observed]).toEqual([false, true, false]);
  });

  it('is let go of when the client is closed, even while it is asked', async () => {
    const enabled = new BehaviorSubject(true);
    const world = clientWorld({
      enabled,
      getToken: () => {
        void world.client.close();
        return 'token';
      },
    });

    world.client.connect();
    await settled();

    expect(enabled.observed).toBe(false);
    expect(world.client.status.state).toBe('closed');
  });

  it('does not keep a request from being made', async () => {
    const world = clientWorld({ enabled: false });

    const profile = watch(world.client.rest.getProfile('ann'));
    await settled();

    expect(profile.end).toBe('completed');
  });
});

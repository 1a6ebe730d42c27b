import { describe, expect, it } from '@jest/globals';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { deletedMessage, sent, sentFrom } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';

const gardenOf = (count: number, options: Partial<ClientOptions> = {}): ClientWorld => {
  const world = clientWorld({ history: { pageSize: 10 }, ...options });
  world.backend.logs.set('garden', sentFrom(0, count - 1));
  return world;
};

type Events = AsyncIterator<ConversationMessageEvent>;

const take = async (events: Events, count: number): Promise<readonly (number | undefined)[]> => {
  const ids: (number | undefined)[] = [];
  for (let index = 0; index < count; index += 1) {
    const { done, value } = await events.next();
    ids.push(done === true ? undefined : value.conversationEventId);
  }
  return ids;
};

describe('iterate', () => {
  it('gives each message once and in order, from history and live', async () => {
    const world = gardenOf(25);
    const events = world.client.conversation('garden').iterate();
    const first = take(events, 26);
    await settled();
    world.open();
    await settled();

    world.receive(sent(25));

    expect(await first).toEqual(Array.from({ length: 26 }, (_, index) => index));
  });

  it('does nothing before the first next()', async () => {
    const world = gardenOf(5);

    world.client.conversation('garden').iterate();
    await world.time.advance(60_000);

    expect(world.line.sockets).toEqual([]);
    expect(world.backend.calls).toEqual([]);
  });

  it('reads no further ahead than a few pages of a slow consumer', async () => {
    const world = gardenOf(1_000);
    const events = world.client.conversation('garden').iterate();
    const first = take(events, 1);
    await settled();
    world.open();
    await first;

    await world.time.advance(10_000);
    const callsBefore = world.backend.calls.length;
    const rest = await take(events, 999);

    expect(callsBefore).toBeLessThan(5);
    expect(rest).toEqual(Array.from({ length: 999 }, (_, index) => index + 1));
  });

  it('skips what has no type here', async () => {
    const world = gardenOf(0);
    world.backend.logs.set('garden', [sent(0), deletedMessage(1), sent(2)]);
    const events = world.client.conversation('garden').iterate();
    const all = take(events, 2);
    await settled();

    world.open();

    expect(await all).toEqual([0, 2]);
  });

  it('lets go of the line when the loop is left', async () => {
    const world = gardenOf(5, { lingerMs: 0 });
    const seen: number[] = [];
    const loop = async (): Promise<void> => {
      for await (const { conversationEventId } of world.client.conversation('garden').iterate({ after: 1 })) {
        seen.push(conversationEventId);
        if (conversationEventId === 3) break;
      }
    };
    const done = loop();
    await settled();
    world.open();

    await done;
    await world.time.advance(0);

    expect(seen).toEqual([2, 3]);
    expect(world.client.status.state).toBe('idle');
    expect(world.time.pending).toBe(0);
  });

  it('ends when its signal is aborted', async () => {
    const world = gardenOf(0, { lingerMs: 0 });
    const abort = new AbortController();
    const events = world.client.conversation('garden').iterate({ signal: abort.signal });
    const next = events.next();
    await settled();

    abort.abort();
    await world.time.advance(0);

    expect(await next).toEqual({ done: true, value: undefined });
    expect(world.client.status.state).toBe('idle');
  });

  it('ends when the client is closed', async () => {
    const world = gardenOf(0);
    const next = world.client.conversation('garden').iterate().next();
    await settled();

    await world.client.close();

    expect(await next).toEqual({ done: true, value: undefined });
    expect(await world.client.conversation('garden').iterate().next()).toEqual({
      done: true,
      value: undefined,
    });
  });

  it('rejects with the verdict that ends the line', async () => {
    const world = gardenOf(0, { reconnect: false });
    const next = world.client.conversation('garden').iterate().next();
    const failure = next.then(
      () => undefined,
      (error: unknown) => error,
    );
    await settled();

    world.line.last().fail();

    expect(await failure).toMatchObject({ code: 'retries-exhausted' });
  });

  it('refuses a start that makes no sense at the call', () => {
    const garden = clientWorld().client.conversation('garden');

    expect(() => garden.iterate({ after: -2 })).toThrow(RangeError);
  });
});

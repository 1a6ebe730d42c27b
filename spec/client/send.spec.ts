import { describe, expect, it } from '@jest/globals';
import { Subject } from 'rxjs';
import type { Message } from '../../lib/projection/Message.js';
import type { NewMessage } from '../../lib/rest/NewMessage.js';
import type { ClientWorld } from '../support/clientWorld.js';
import { type FakeAnswer, never } from '../support/fakeBackend.js';
import { sent, type SentEntry, sentFrom } from '../support/frames.js';
import { gardenWith, happens, last, watchGarden } from '../support/gardenWorld.js';
import { settled } from '../support/virtualTime.js';
import { type Watched, watch } from '../support/watch.js';

interface Writer extends ClientWorld {
  readonly shown: readonly Message[];
  readonly lists: readonly (readonly Message[])[];
  send(message: NewMessage): Watched<unknown>;
  /** Answers the oldest POST that waits for it. */
  answer(answer: FakeAnswer): Promise<void>;
}

/** Somebody who writes into a garden of three messages, and sees it. */
const writer = async (): Promise<Writer> => {
  const world = await gardenWith(sentFrom(0, 2));
  const waiting: ((answer: FakeAnswer) => void)[] = [];
  world.backend.respond = ({ method }) =>
    method === 'POST' ? new Promise((resolve) => waiting.push(resolve)) : undefined;
  const timeline = watchGarden(world);
  await settled();
  return {
    ...world,
    get shown() {
      return last(timeline).messages.slice(3);
    },
    get lists() {
      return timeline.values.map(({ messages }) => messages);
    },
    send: (message) => watch(world.client.conversation('garden').send(message)),
    answer: async (answer) => {
      waiting.shift()?.(answer);
      await settled();
    },
  };
};

/** The echo of something that I sent. */
const echo = (position: number, data: string, messageId = `m${position}`, from = 'me'): SentEntry => ({
  ...sent(position),
  payload: {
    messageId,
    metadata: {},
    context: { from: { id: from }, sentOn: '2026-01-05T09:40:00.000Z' },
    parts: [{ name: 'body', type: 'text/plain', data, size: data.length }],
  },
});

const POST_FAILED = { status: 500 };

describe('a message that is sent', () => {
  it('is shown at once, and keeps its key when the answer and its echo have come', async () => {
    const world = await writer();

    const sending = world.send('hello');
    const [optimistic] = world.shown;
    expect(optimistic).toMatchObject({ sender: 'me', state: 'sending', parts: [{ data: 'hello' }] });
    expect(optimistic?.id).toBe(optimistic?.key);
    await world.answer({ json: { id: 'm3', eventId: 3 } });
    expect(sending).toMatchObject({ values: [{ id: 'm3', eventId: 3 }], end: 'completed' });
    expect(world.shown).toMatchObject([{ key: optimistic?.key, id: 'm3', sentEventId: 3, state: 'sent' }]);
    happens(world, echo(3, 'hello'));

    expect(world.shown).toMatchObject([
      { key: optimistic?.key, id: 'm3', sentOn: '2026-01-05T09:40:00.000Z' },
    ]);
    expect(world.lists.every((list) => list.length <= 4)).toBe(true);
  });

  it('does so when its echo comes first', async () => {
    const world = await writer();

    world.send('hello');
    const key = world.shown[0]?.key;
    happens(world, echo(3, 'hello'));
    expect(world.shown).toMatchObject([{ key, id: 'm3', state: 'sent' }]);
    await world.answer({ json: { id: 'm3' } });

    expect(world.shown).toMatchObject([{ key, id: 'm3', sentEventId: 3, state: 'sent' }]);
    expect(world.lists.every((list) => list.length <= 4)).toBe(true);
  });

  it('does so when the answer does not say where it is', async () => {
    const world = await writer();

    world.send('hello');
    const key = world.shown[0]?.key;
    await world.answer({ json: { id: 'm4' } });
    expect(world.shown).toMatchObject([{ key, id: 'm4', state: 'sent' }]);
    happens(world, echo(3, 'from bob', 'm3', 'bob'));
    happens(world, echo(4, 'hello'));

    expect(world.shown).toMatchObject([
      { id: 'm3', sender: 'bob' },
      { key, id: 'm4', sentEventId: 4 },
    ]);
  });

  it('is told apart from another one that says the same', async () => {
    const world = await writer();

    world.send('ok');
    world.send('ok');
    const [first, second] = world.shown.map(({ key }) => key);
    // The second one arrived first.
    happens(world, echo(3, 'ok', 'of the second'));
    happens(world, echo(4, 'ok', 'of the first'));
    expect(world.shown).toHaveLength(2);
    await world.answer({ json: { id: 'of the first', eventId: 4 } });
    await world.answer({ json: { id: 'of the second', eventId: 3 } });

    expect(world.shown.map(({ id, key }) => [id, key])).toEqual([
      ['of the second', second],
      ['of the first', first],
    ]);
  });

  it('is not taken for what others say, or what was said before', async () => {
    const world = await writer();
    happens(world, echo(3, 'hello'));

    world.send('hello');
    world.receive(echo(3, 'hello'));
    happens(world, echo(4, 'hello', 'm4', 'bob'));

    expect(world.shown.map(({ id, state }) => [id.slice(0, 6), state])).toEqual([
      ['m3', 'sent'],
      ['m4', 'sent'],
      ['unsent', 'sending'],
    ]);
  });

  it('fails visibly, to be sent again', async () => {
    const world = await writer();
    const failing = world.send({ parts: [{ data: 'hello' }], metadata: { a: 1 } });
    await world.answer(POST_FAILED);
    const key = world.shown[0]?.key ?? '';
    expect(failing.end).toBe('http');
    expect(world.shown).toMatchObject([{ key, state: 'failed', metadata: { a: 1 } }]);

    const again = watch(world.client.conversation('garden').resend(key));
    expect(world.shown).toMatchObject([{ key, state: 'sending' }]);
    await world.answer({ json: { id: 'm3', eventId: 3 } });

    expect(again).toMatchObject({ values: [{ id: 'm3', eventId: 3 }], end: 'completed' });
    expect(world.shown).toMatchObject([{ key, id: 'm3', state: 'sent', metadata: { a: 1 } }]);
    const posts = world.backend.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ body }) => body)).toEqual([posts[0]?.body, posts[0]?.body]);
  });

  it('fails visibly, to be discarded', async () => {
    const world = await writer();
    world.send('hello');
    const key = world.shown[0]?.key ?? '';
    world.client.conversation('garden').discard(key);
    expect(world.shown).toHaveLength(1);
    await world.answer(POST_FAILED);

    world.client.conversation('garden').discard(key);
    world.client.conversation('garden').discard('nobody');

    expect(world.shown).toEqual([]);
    expect(watch(world.client.conversation('garden').resend(key)).end).toBe('not-found');
  });

  it('has not failed when only the answer was lost', async () => {
    const world = await writer();
    const sending = world.send('hello');
    const key = world.shown[0]?.key;

    happens(world, echo(3, 'hello'));
    await world.answer(POST_FAILED);

    expect(sending).toMatchObject({ values: [{ id: 'm3', eventId: 3 }], end: 'completed' });
    expect(world.shown).toMatchObject([{ key, id: 'm3', state: 'sent' }]);
  });

  it('has not failed when its echo comes after that was said', async () => {
    const world = await writer();
    world.send('hello');
    const key = world.shown[0]?.key;
    await world.answer(POST_FAILED);

    happens(world, echo(3, 'hello'));

    expect(world.shown).toMatchObject([{ key, id: 'm3', state: 'sent' }]);
  });

  it('is looked for where its echo does not come', async () => {
    const world = await writer();
    world.send('hello');
    world.backend.logs.set('garden', [...sentFrom(0, 2), echo(3, 'hello')]);
    await world.answer({ json: { id: 'm3', eventId: 3 } });

    await world.time.advance(1_000);

    expect(world.shown).toMatchObject([{ id: 'm3', sentOn: '2026-01-05T09:40:00.000Z' }]);
  });

  it('is in every timeline of the conversation, also in one that opens later', async () => {
    const world = await writer();
    world.send('hello');
    const other = watchGarden(world);
    await settled();
    expect(last(other).messages.at(-1)).toMatchObject({ state: 'sending' });

    await world.answer({ json: { id: 'm3', eventId: 3 } });
    happens(world, echo(3, 'hello'));

    expect(last(other).messages.at(-1)).toEqual(world.shown[0]);
    const later = watchGarden(world);
    await settled();
    expect(last(later).messages.at(-1)?.key).toBe(world.shown[0]?.key);
  });

  it('is sent before the conversation is known, and shown once', async () => {
    const world = await gardenWith([...sentFrom(0, 2), echo(3, 'hello', 'old')]);
    let answer: (value: FakeAnswer) => void = () => undefined;
    world.backend.respond = ({ method }) => {
      if (method !== 'POST') return undefined;
      world.backend.logs.set('garden', [...sentFrom(0, 2), echo(3, 'hello', 'old'), echo(4, 'hello', 'new')]);
      return new Promise((resolve) => (answer = resolve));
    };

    watch(world.client.conversation('garden').send('hello'));
    const timeline = watchGarden(world);
    await settled();
    expect(last(timeline).messages.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'old', 'new']);
    answer({ status: 500 });
    await settled();

    // It may have been sent from elsewhere: what is not known for certain has failed.
    expect(last(timeline).messages.map(({ state }) => state)).toEqual([
      ...['sent', 'sent', 'sent', 'sent', 'sent'],
      'failed',
    ]);
  });

  it('keeps its key also where the newest page has it before its echo comes', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    world.backend.respond = ({ method }) => (method === 'POST' ? never() : undefined);
    const timeline = watchGarden(world);
    watch(world.client.conversation('garden').send('hello'));
    const key = last(timeline).messages[0]?.key;
    world.backend.logs.set('garden', [...sentFrom(0, 2), echo(3, 'hello')]);
    await settled();

    expect(last(timeline).messages.at(-1)).toMatchObject({ key, id: 'm3', state: 'sent' });
    const keys = timeline.values.flatMap(({ messages }) => messages.map(({ key }) => key));
    expect(keys).not.toContain('m3');
  });

  it('keeps its key also where a screen returns to the newest page for it', async () => {
    const older$ = new Subject<void>();
    const world = await gardenWith(sentFrom(0, 129));
    world.backend.respond = ({ method }) => (method === 'POST' ? never() : undefined);
    const timeline = watchGarden(world, { older$, pageSize: 10, windowLimit: 10 });
    await settled();
    older$.next();
    await settled();
    expect(last(timeline).hasNewer).toBe(true);

    world.backend.logs.set('garden', [...sentFrom(0, 129), echo(130, 'hello')]);
    watch(world.client.conversation('garden').send('hello'));
    await settled();

    expect(last(timeline).messages.at(-1)).toMatchObject({ id: 'm130', state: 'sent' });
    const keys = timeline.values.flatMap(({ messages }) => messages.map(({ key }) => key));
    expect(keys).not.toContain('m130');
  });

  it('has not failed where an older page has it before the log was read so far', async () => {
    const older$ = new Subject<void>();
    const newest$ = new Subject<void>();
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world, { older$, newest$, pageSize: 5, windowLimit: 5 });
    await settled();
    world.backend.respond = ({ method, path }) => {
      if (method === 'POST') return POST_FAILED;
      return path.endsWith('/events') ? never() : undefined;
    };
    watch(world.client.conversation('garden').send('hello'));
    await settled();
    expect(last(timeline).messages.at(-1)).toMatchObject({ key: 'unsent:1', state: 'failed' });

    world.backend.logs.set('garden', [...sentFrom(0, 9), echo(10, 'hello'), ...sentFrom(11, 20)]);
    for (const wish of [older$, newest$, older$, older$]) {
      wish.next();
      await settled();
    }

    expect(last(timeline).messages.at(-1)).toMatchObject({ key: 'unsent:1', id: 'm10', state: 'sent' });
    const keys = timeline.values.flatMap(({ messages }) => messages.map(({ key }) => key));
    expect(keys).not.toContain('m10');
  });

  it('starts with the first subscription, once, and is not cancelled by leaving', async () => {
    const world = await writer();
    const command = world.client.conversation('garden').send('hello');
    await settled();
    expect(world.backend.calls).not.toContain('POST /conversations/garden/messages');

    watch(command).unsubscribe();
    const second = watch(command);
    await world.answer({ json: { id: 'm3' } });

    expect(second.values).toEqual([{ id: 'm3' }]);
    expect(world.backend.calls.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  });

  it('fails with the client', async () => {
    const world = await gardenWith(sentFrom(0, 2));
    world.backend.respond = ({ method }) => (method === 'POST' ? never() : undefined);
    const sending = watch(world.client.conversation('garden').send('hello'));
    await settled();

    await world.client.close();

    expect(sending.end).toBe('closed');
    expect(watch(world.client.conversation('garden').send('more')).end).toBe('closed');
  });

  it('is forgotten with the session', async () => {
    const world = await writer();
    world.send('hello');
    await world.answer(POST_FAILED);

    watch(world.client.endSession());
    await settled();
    const timeline = watchGarden(world);
    await settled();

    expect(last(timeline).messages.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it.each<[string, () => unknown]>([
    ['nothing', () => undefined],
    ['a number', () => 7],
    ['an object without parts', () => ({})],
    ['parts that are none', () => ({ parts: ['text'] })],
  ])('cannot be %s', async (_what, made) => {
    const { client } = await writer();
    const send: (message: never) => unknown = client.conversation('garden').send;

    expect(() => {
      Reflect.apply(send, undefined, [made()]);
    }).toThrow(TypeError);
  });
});

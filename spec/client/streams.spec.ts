import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { samples } from '../../lib/wire/samples.js';
import type { EventMap, ParticipantAddedEventData } from '../../lib/index.js';
import { eventTypes } from '../../lib/wire/eventTable.js';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { added, sent, type SentEntry } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const chatMessage = (position: number): SentEntry => ({ ...sent(position), name: 'chatMessage.sent' });

describe('the streams of a client', () => {
  it.each(eventTypes)('gives %s the payloads of its frames and of no others', async (name) => {
    const world = await openWorld();
    const payloads = watch<unknown>(world.client.event(name));

    for (const type of eventTypes) world.receive(samples[type].frame);

    expect(payloads.values).toEqual([samples[name].payload]);
  });

  it.each(eventTypes)('are one and the same instance for %s', (name) => {
    const { client } = clientWorld();

    expect(client.event(name)).toBe(client.event(name));
    expect(client.event(name)).toBe(client[`${name}$`]);
  });

  it('have the type of their name', () => {
    const { client } = clientWorld();

    expectTypeOf(client.participantAdded$).toEqualTypeOf<Observable<ParticipantAddedEventData>>();
    expectTypeOf(client.event('participantAdded')).toEqualTypeOf<Observable<ParticipantAddedEventData>>();
    expectTypeOf(client.event<keyof EventMap>)
      .parameter(0)
      .toEqualTypeOf<keyof EventMap>();
    expect(eventTypes).toHaveLength(9);
  });

  it('tell of every event in events$, with its type and what travelled beside it', async () => {
    const world = await openWorld();
    const events = watch(world.client.events$);

    for (const type of eventTypes) world.receive(samples[type].frame);

    expect(events.values.map(({ type }) => type)).toEqual(eventTypes);
    expect(events.values.map(({ payload }) => payload)).toEqual(
      eventTypes.map((type) => samples[type].payload),
    );
    expect(events.values.map(({ meta }) => meta.receivedAt)).toEqual(eventTypes.map(() => 0));
  });

  it('keep what has no type here in unknownEvents$, the frame whole', async () => {
    const world = await openWorld();
    const unknown = watch(world.client.unknownEvents$);
    const events = watch(world.client.events$);
    const frames = [{ name: '' }, { name: '__proto__' }, { name: 'socket.info', payload: { a: [1] } }];

    for (const frame of frames) world.receive(frame);

    expect(unknown.values.map(({ frame }) => frame)).toEqual(frames);
    expect(unknown.values.map(({ wireName }) => wireName)).toEqual(['', '__proto__', 'socket.info']);
    expect(events.values).toEqual([]);
  });

  it.each([
    ['not JSON', '{', 'not-json'],
    ['no envelope', '[1]', 'not-an-envelope'],
    ['a payload that lacks what is needed', { name: 'conversation.participantAdded' }, 'invalid-payload'],
    ['bytes that are no UTF-8', Uint8Array.of(0xff), 'not-text'],
    ['text that is too long', JSON.stringify({ name: 'x'.repeat(200) }), 'too-big'],
    ['bytes that are too many', new Uint8Array(200), 'too-big'],
  ])('take %s for a value in decodeErrors$, and go on', async (_what, frame, kind) => {
    const world = await openWorld({ maxMessageBytes: 199 });
    const errors = watch(world.client.decodeErrors$);
    const events = watch(world.client.participantAdded$);

    world.receive(frame);
    world.receive(added('ann'));

    expect(errors.values.map((error) => error.kind)).toEqual([kind]);
    expect(events.values).toHaveLength(1);
    expect(events.end).toBeUndefined();
    expect(world.line.sockets).toHaveLength(1);
  });

  it('read frames of bytes like frames of text', async () => {
    const world = await openWorld();
    const events = watch(world.client.participantAdded$);

    world.receive(new TextEncoder().encode(JSON.stringify(added('zoë'))));
    world.receive(new TextEncoder().encode(JSON.stringify(added('ann'))).buffer);

    expect(events.values.map(({ profileId }) => profileId)).toEqual(['zoë', 'ann']);
  });

  it('replay nothing', async () => {
    const world = await openWorld();
    const { client } = world;

    world.receive(added('ann'));
    world.receive({ name: 'socket.info' });
    world.receive('{');
    const late = [client.participantAdded$, client.events$, client.unknownEvents$, client.decodeErrors$].map(
      (stream$: Observable<unknown>) => watch(stream$),
    );

    expect(late.map(({ values }) => values)).toEqual([[], [], [], []]);
  });

  it('know the configured aliases of names, live and in history', async () => {
    const world = clientWorld({ eventAliases: { conversationMessage: ['chatMessage'] } });
    world.backend.logs.set('garden', [chatMessage(0)]);
    const live = watch(world.client.conversationMessageEvent$);
    const log = watch(world.client.conversation('garden').messageEvents());
    await settled();
    world.open();

    world.receive(chatMessage(1));
    await settled();

    expect(live.values.map(({ conversationEventId }) => conversationEventId)).toEqual([1]);
    expect(log.values.map(({ name }) => name)).toEqual([
      'conversationMessage.sent',
      'conversationMessage.sent',
    ]);
  });

  it('do not know aliases that are not configured', async () => {
    const world = await openWorld();
    const unknown = watch(world.client.unknownEvents$);

    world.receive(chatMessage(1));

    expect(unknown.values).toHaveLength(1);
  });

  it('throw at the call for a name that does not exist', () => {
    const { client } = clientWorld();

    // @ts-expect-error It is no event name.
    expect(() => client.event('participantUpdated')).toThrow(TypeError);
    // @ts-expect-error It is no event name.
    expect(() => client.event('__proto__')).toThrow('There is no event of the name "__proto__".');
  });
});

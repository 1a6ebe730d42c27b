import { describe, expect, it } from '@jest/globals';
import { openWorld } from '../support/clientWorld.js';
import { sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

/** What every object has under these names must be neither found nor changed. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '..',
  '%2e%2e',
  '\u0000',
];

/** The members of the prototypes that a careless index would write to. */
const prototypes = (): unknown =>
  [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).map(String));

describe('an id like any other', () => {
  it.each(NAMES.filter((name) => name !== '..'))('is %j, of a conversation', async (name) => {
    const before = prototypes();
    const world = await openWorld();
    world.backend.logs.set(name, [sent(0, name), sent(1, name)]);
    const mine = watch(world.client.conversation(name).messageEvents());
    const others = watch(world.client.conversation('garden').messageEvents({ after: 'now' }));
    await world.time.advance(5_000);
    world.receive(sent(2, name));
    await settled();

    expect(mine.values.map(({ conversationEventId }) => conversationEventId)).toEqual([0, 1, 2]);
    expect(others.values).toEqual([]);
    expect(prototypes()).toEqual(before);
    await world.client.close();
  });

  it.each(NAMES)('is %j, of a profile and of an event', async (name) => {
    const before = prototypes();
    const world = await openWorld();
    const added = watch(world.client.participantAdded$);
    const unknown = watch(world.client.unknownEvents$);
    world.receive(
      `{"name":"conversation.participantAdded","conversationId":"c","payload":{"profileId":${JSON.stringify(name)},"conversationId":"c","__proto__":{"isAdmin":true}}}`,
    );
    world.receive(`{"name":${JSON.stringify(name)},"payload":{"__proto__":{"isAdmin":true}}}`);
    world.receive(`{"__proto__":{"name":"conversation.participantAdded"},"name":"constructor"}`);
    await settled();

    expect(added.values.map(({ profileId }) => profileId)).toEqual([name]);
    expect(added.values.map((event) => 'isAdmin' in event)).toEqual([false]);
    expect(unknown.values.map(({ wireName }) => wireName)).toEqual([name, 'constructor']);
    expect('isAdmin' in {}).toBe(false);
    expect(prototypes()).toEqual(before);
    await world.client.close();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isSamePeople,
  NO_ROSTER,
  peopleIn,
  type Roster,
  rosterAfter,
  rosterRead,
} from '../../lib/projection/roster.js';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';
import { anyEventOf, at, dated, eventOf } from '../support/eventOf.js';
import { added, deleted, removed } from '../support/frames.js';

type AnyEvent = ComapiEvent | UnknownEvent;

const updated = (profileId: string, role: string): object => ({
  name: 'conversation.participantUpdated',
  conversationId: 'garden',
  payload: { profileId, role },
});

const after = (roster: Roster, events: readonly AnyEvent[], heardAt = 0): Roster =>
  events.reduce((before, event) => rosterAfter(before, event, heardAt), roster);

const ANN = { id: 'ann', role: 'owner' };
const BOB = { id: 'bob', role: 'participant' };
const both = rosterRead(NO_ROSTER, [ANN, BOB], 0);

describe('a roster', () => {
  it('is the list that was read, with what was said since on top', () => {
    const roster = after(both, [
      eventOf(removed('ann')),
      eventOf(added('cat')),
      anyEventOf(updated('bob', 'owner')),
    ]);

    expect(peopleIn(roster)).toEqual([{ id: 'bob', role: 'owner' }, { id: 'cat' }]);
  });

  it('keeps the people of the list as they are, and their order', () => {
    const roster = after(both, [eventOf(added('ann'))]);

    expect(peopleIn(roster)[0]).toBe(ANN);
    expect(peopleIn(roster)[1]).toBe(BOB);
  });

  it('believes a later list, but not over what was heard after it was asked for', () => {
    const heard = after(after(both, [eventOf(added('cat'))], 1_000), [eventOf(removed('ann'))], 2_000);

    expect(peopleIn(rosterRead(heard, [ANN, BOB], 2_000))).toEqual([BOB]);
    expect(peopleIn(rosterRead(heard, [ANN, BOB], 2_001))).toEqual([ANN, BOB]);
  });

  it('is told nothing new by an event that comes again, or late, after the list has settled it', () => {
    const moved = after(both, [dated(added('cat'), 1), dated(removed('bob'), 2)], 1_000);
    // That cat has gone was read, and never heard.
    const read = rosterRead(moved, [ANN], 10_000);

    const late = [dated(added('cat'), 1), dated(added('bob'), 1), dated(removed('bob'), 2)];

    expect(peopleIn(after(read, late, 11_000))).toEqual([ANN]);
    expect(peopleIn(after(read, [dated(added('bob'), 3)], 11_000))).toEqual([ANN, { id: 'bob' }]);
  });

  it('remembers for a minute what the list has settled', () => {
    const moved = after(both, [dated(removed('bob'), 2)], 1_000);

    expect(rosterRead(moved, [ANN], 61_000).words.size).toBe(1);
    expect(rosterRead(moved, [ANN], 61_001).words.size).toBe(0);
  });

  it('is the same roster when an event says nothing new of anybody', () => {
    const roster = after(both, [dated(removed('ann'), 5)]);

    expect(
      after(roster, [dated(added('ann'), 4), eventOf(deleted()), anyEventOf({ name: 'socket.info' })]),
    ).toBe(roster);
  });

  it.each([
    ['another name', { ...updated('bob', 'owner'), name: 'conversation.participantLeft' }],
    ['no payload', { ...updated('bob', 'owner'), payload: 7 }],
    ['a person without an id', { ...updated('bob', 'owner'), payload: { profileId: '' } }],
  ])('takes no notice of an update with %s', (_, frame) => {
    expect(rosterAfter(both, anyEventOf(frame), 0)).toBe(both);
  });

  it('understands an update under an alias, and one without a role', () => {
    const frames = [
      { ...updated('bob', 'owner'), name: 'chat.participantUpdated' },
      { ...updated('bob', 'owner'), payload: { profileId: 'cat', role: null } },
    ];

    expect(peopleIn(after(both, frames.map(anyEventOf)))).toEqual([
      ANN,
      { id: 'bob', role: 'owner' },
      { id: 'cat' },
    ]);
  });

  it('is the same for the same dated facts in any order, however often each comes', () => {
    const facts = fc.uniqueArray(
      fc.record({
        person: fc.constantFrom('ann', 'bob', 'cat', 'dan'),
        role: fc.option(fc.constantFrom('owner', 'participant'), { nil: undefined }),
        second: fc.nat(500),
      }),
      { selector: ({ second }) => second, maxLength: 12 },
    );
    const story = facts.chain((all) => {
      const told = [...all, ...all, ...all];
      return fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(told, { minLength: told.length, maxLength: told.length }),
      );
    });

    fc.assert(
      fc.property(story, ([all, told]) => {
        const events = told.map(({ person, role, second }): AnyEvent =>
          role === undefined
            ? dated(removed(person), second)
            : anyEventOf({ ...updated(person, role), publishedOn: at(second) }),
        );
        // The same question, answered from the last fact of each person.
        const expected = new Map([ANN, BOB].map(({ id, role }) => [id, role]));
        for (const { person, role } of all.toSorted((a, b) => a.second - b.second)) {
          if (role === undefined) expected.delete(person);
          else expected.set(person, role);
        }
        const people = peopleIn(after(both, events));
        expect(new Map(people.map(({ id, role }) => [id, role]))).toEqual(expected);
        expect(people).toEqual(peopleIn(after(both, events.toReversed())));
      }),
    );
  });
});

describe('isSamePeople', () => {
  it.each([
    [[ANN, BOB], [{ ...ANN }, { ...BOB }], true],
    [[ANN, BOB], [BOB, ANN], false],
    [[ANN], [ANN, BOB], false],
    [[ANN], [{ id: 'ann' }], false],
  ])('compares %j with %j', (a, b, isSame) => {
    expect(isSamePeople(a, b)).toBe(isSame);
  });
});

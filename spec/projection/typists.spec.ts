import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  nextForgotten,
  NO_TYPISTS,
  type Typists,
  typingNow,
  typistsAfter,
  typistsAt,
} from '../../lib/projection/typists.js';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import { at, dated, eventOf } from '../support/eventOf.js';
import { removed, sentBy, typing, typingOff } from '../support/frames.js';

const after = (events: readonly ComapiEvent[], now = 0): Typists =>
  events.reduce((typists, event) => typistsAfter(typists, event, now), NO_TYPISTS);

describe('typists', () => {
  it('are those who began, in that order', () => {
    const both = after([eventOf(typing('bob')), eventOf(typing('cat')), eventOf(typing('bob'))]);

    expect(typingNow(both)).toEqual(['bob', 'cat']);
  });

  it.each([
    ['they say so', typingOff('bob')],
    ['their message has come', sentBy('bob', 3)],
    ['they are removed', removed('bob')],
  ])('stop when %s', (_, frame) => {
    expect(typingNow(after([eventOf(typing('bob')), eventOf(typing('cat')), eventOf(frame)]))).toEqual([
      'cat',
    ]);
  });

  it('are forgotten twelve seconds after it was last said', () => {
    const once = typistsAfter(NO_TYPISTS, eventOf(typing('bob')), 1_000);
    const again = typistsAfter(once, eventOf(typing('bob')), 5_000);

    expect([once, again].map(nextForgotten)).toEqual([13_000, 17_000]);
    expect(typingNow(typistsAt(again, 16_999))).toEqual(['bob']);
    expect(typingNow(typistsAt(again, 17_000))).toEqual([]);
    expect(nextForgotten(typistsAt(again, 17_000))).toBeUndefined();
  });

  it('are the same map when nothing has changed', () => {
    const typists = after([dated(typing('bob'), 5)]);

    expect(typistsAfter(typists, dated(typingOff('bob'), 4), 0)).toBe(typists);
    expect(typistsAfter(typists, eventOf({ name: 'conversation.delete', conversationId: 'garden' }), 0)).toBe(
      typists,
    );
    expect(typistsAt(typists, 100)).toBe(typists);
  });

  it('type anew when the server dates it before an old end that has been forgotten', () => {
    const ended = typistsAfter(NO_TYPISTS, dated(typingOff('bob'), 100), 0);

    expect(typingNow(typistsAfter(ended, dated(typing('bob'), 50), 12_000))).toEqual(['bob']);
  });

  it('do not grow beyond what a hostile server says', () => {
    const crowd = after(Array.from({ length: 1_000 }, (_, index) => eventOf(typing(`p${index}`))));

    expect(typingNow(crowd)).toHaveLength(256);
    expect(typingNow(crowd)[0]).toBe('p744');
  });

  it('are the same for the same dated facts in any order, however often each comes', () => {
    const person = fc.constantFrom('ann', 'bob', 'cat');
    const frames = fc.uniqueArray(
      fc.record({ person, kind: fc.constantFrom('on', 'off', 'sent'), second: fc.nat(200) }),
      { selector: ({ second }) => second, maxLength: 12 },
    );
    const shuffled = frames.chain((facts) =>
      fc.tuple(
        fc.constant(facts),
        fc.shuffledSubarray([...facts, ...facts, ...facts], {
          minLength: facts.length * 3,
          maxLength: facts.length * 3,
        }),
      ),
    );
    const eventFor = ({ person: who, kind, second }: { person: string; kind: string; second: number }) => {
      if (kind === 'sent') return eventOf(sentBy(who, 1, { sentOn: at(second) }));
      return dated(kind === 'on' ? typing(who) : typingOff(who), second);
    };
    const sorted = (typists: Typists): readonly string[] => typingNow(typists).toSorted();

    fc.assert(
      fc.property(shuffled, ([facts, story]) => {
        const inOrder = facts.toSorted((a, b) => a.second - b.second);
        // The same question, answered from the last fact of each person.
        const expected = ['ann', 'bob', 'cat'].filter(
          (who) => inOrder.findLast((fact) => fact.person === who)?.kind === 'on',
        );
        expect(sorted(after(story.map(eventFor)))).toEqual(expected);
      }),
    );
  });
});

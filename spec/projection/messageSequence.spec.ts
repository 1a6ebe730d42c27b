import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Message } from '../../lib/projection/Message.js';
import { type InPiece, messageSequence, type MessagesThen } from '../../lib/projection/messageSequence.js';
import { byPlace } from '../../lib/projection/Placed.js';
import type { Range } from '../../lib/projection/ranges.js';

interface Item extends InPiece<Item> {
  shown: Message;
}

let items = 0;

const itemAt = (at: number): Item => {
  items += 1;
  const id = `m${at}-${items}`;
  return { id, at, sentMs: -Infinity, piece: undefined, shown: messageWith(id, 'sent') };
};

const messageWith = (id: string, state: Message['state']): Message => ({
  id,
  key: id,
  parts: [],
  statusUpdates: {},
  state,
});

const range = fc
  .tuple(
    fc.integer({ min: -5, max: 400 }),
    fc.oneof(fc.integer({ min: -5, max: 400 }), fc.constant(Infinity)),
  )
  .map(([from, to]): Range => ({ from, to }));

/** What may be done to a sequence; numbers choose among what is there. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('append' as const), count: fc.nat(150) }) },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('insert' as const), at: fc.nat(400), count: fc.nat(40) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('change' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('remove' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('takeOut' as const),
      range,
      end: fc.constantFrom('oldest' as const, 'newest' as const),
      most: fc.oneof(fc.nat(200), fc.constant(Infinity)),
    }),
  },
);

const isIn = ({ from, to }: Range, { at }: Item): boolean => at >= from && at <= to;

describe('a sequence of messages', () => {
  it('is what one sorted list would be, read at once or long after', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(range, { minLength: 1, maxLength: 3 }),
        (steps, ranges) => {
          const sequence = messageSequence(({ shown }: Item) => shown);
          let model: Item[] = [];
          const taken: (readonly [readonly Item[], readonly Item[]])[] = [];
          const unread: (readonly [then: MessagesThen, expected: readonly Message[]])[] = [];

          const insert = (at: number): void => {
            const item = itemAt(at);
            sequence.insert(item);
            model = [...model, item].sort(byPlace);
          };

          for (const did of steps) {
            const chosen = 'which' in did ? model[did.which % model.length] : undefined;
            if (did.what === 'append') {
              const top = model.at(-1)?.at ?? -1;
              for (let count = 1; count <= did.count; count += 1) insert(top + count);
            } else if (did.what === 'insert') {
              for (let count = 0; count < did.count; count += 1) insert(did.at);
            } else if (did.what === 'takeOut') {
              const within = model.filter((item) => isIn(did.range, item));
              const outermostFirst = did.end === 'oldest' ? within : within.reverse();
              const expected = outermostFirst.slice(0, did.most);
              taken.push([sequence.takeOut(did.range, did.end, did.most), expected]);
              model = model.filter((item) => !expected.includes(item));
            } else if (did.what === 'change') {
              for (const item of model.filter((_, index) => index % 7 === did.which % 7)) {
                item.shown = messageWith(item.id, 'deleted');
                sequence.changed(item);
              }
            } else if (chosen !== undefined) {
              sequence.remove(chosen);
              model = model.filter((item) => item !== chosen);
            }

            expect(sequence.size).toBe(model.length);
            for (const some of ranges) {
              const expected = model.filter((item) => isIn(some, item));
              expect(sequence.count(some)).toBe(expected.length);
              expect(sequence.newest(some)).toBe(expected.at(-1));
              expect(sequence.within(some).value).toEqual(expected.map(({ shown }) => shown));
              unread.push([sequence.within(some), expected.map(({ shown }) => shown)]);
            }
          }

          expect(taken.map(([really]) => really)).toEqual(taken.map(([, expected]) => expected));
          for (const [then, expected] of unread) {
            expect(then.value).toEqual(expected);
            expect(then.value).toBe(then.value);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives a list of its own to each who takes one: what they do to it is theirs', () => {
    const sequence = messageSequence(({ shown }: Item) => shown);
    for (const at of [1, 2, 3]) sequence.insert(itemAt(at));
    const all = { from: 0, to: Infinity };

    // What a program without types may do.
    (sequence.within(all).value as Message[]).reverse();

    expect(sequence.within(all).value.map(({ id }) => id.slice(0, 2))).toEqual(['m1', 'm2', 'm3']);
  });
});

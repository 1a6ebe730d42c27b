import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  detailsAfter,
  detailsIn,
  detailsRead,
  type DetailsRecord,
  isSameDetails,
  leavesOpen,
  NO_DETAILS,
} from '../../lib/projection/detailsRecord.js';
import { at } from '../support/eventOf.js';

const GARDEN = { id: 'garden', name: 'Garden', description: 'Beds', isPublic: false };
const read = detailsRead(NO_DETAILS, GARDEN, 0);
const update = (changes: object, second?: number) => ({
  conversationId: 'garden',
  ...changes,
  ...(second !== undefined && { timestamp: at(second) }),
});

describe('a record of details', () => {
  it('is what was read, with each field that was said since on top', () => {
    const record = detailsAfter(
      detailsAfter(read, update({ name: 'Pond' }), 0),
      update({ isPublic: true }),
      0,
    );

    expect(detailsIn(record)).toEqual({ ...GARDEN, name: 'Pond', isPublic: true });
  });

  it('is unknown before the first reading, and remembers what was heard before it', () => {
    const heard = detailsAfter(NO_DETAILS, update({ name: 'Pond' }), 500);

    expect(detailsIn(heard)).toBeUndefined();
    expect(detailsIn(detailsRead(heard, GARDEN, 400))?.name).toBe('Pond');
    expect(detailsIn(detailsRead(heard, GARDEN, 501))?.name).toBe('Garden');
  });

  it('leaves a field that is left out as it is until the next reading, which may be without it', () => {
    const named = detailsAfter(read, update({ name: 'Pond' }), 1_000);
    const left = detailsAfter(named, update({ isPublic: true }), 1_500);

    expect(detailsIn(left)).toEqual({ ...GARDEN, name: 'Pond', isPublic: true });
    expect(detailsIn(detailsRead(left, { id: 'garden' }, 0))).toEqual({ id: 'garden', isPublic: true });
  });

  it('knows which updates leave something open', () => {
    const all = { name: 'Pond', description: 'Water', isPublic: true };

    expect(leavesOpen(read, update(all))).toBe(false);
    expect(leavesOpen(read, update({ ...all, description: undefined }))).toBe(true);
    expect(leavesOpen(NO_DETAILS, update({}))).toBe(false);
  });

  it('is the same for the same dated updates in any order, however often each comes', () => {
    const facts = fc.uniqueArray(
      fc.record({ name: fc.string(), description: fc.string(), isPublic: fc.boolean(), second: fc.nat(500) }),
      { selector: ({ second }) => second, minLength: 1, maxLength: 8 },
    );
    const story = facts.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );

    fc.assert(
      fc.property(story, ([all, told]) => {
        const record = told.reduce<DetailsRecord>(
          (before, { second, ...changes }) => detailsAfter(before, update(changes, second), 0),
          read,
        );
        const last = all.toSorted((a, b) => a.second - b.second).at(-1);
        expect(detailsIn(record)).toEqual({
          id: 'garden',
          name: last?.name,
          description: last?.description,
          isPublic: last?.isPublic,
        });
      }),
    );
  });
});

describe('isSameDetails', () => {
  it('compares every field, roles by what they say', () => {
    const roles = { owner: { canSend: true } };

    expect(isSameDetails({ ...GARDEN, roles }, { ...GARDEN, roles: { owner: { canSend: true } } })).toBe(
      true,
    );
    expect(isSameDetails({ ...GARDEN, roles }, { ...GARDEN, roles: { owner: { canSend: false } } })).toBe(
      false,
    );
    expect(isSameDetails(GARDEN, { ...GARDEN, id: 'pond' })).toBe(false);
    expect(isSameDetails(GARDEN, { id: 'garden', name: 'Garden' })).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as t from 'io-ts';
import { misfits } from '../../lib/wire/misfits.js';

describe('misfits', () => {
  it('is empty for a value that fits', () => {
    expect(misfits(t.string, 'word')).toEqual([]);
  });

  it('names the place and the expected type, never the value', () => {
    const codec = t.type({ payload: t.type({ profileId: t.string }) });

    expect(misfits(codec, { payload: { profileId: 4711 } })).toEqual(['payload.profileId: expected string']);
  });

  it('does not count the halves of an intersection as places', () => {
    const codec = t.type({
      payload: t.intersection([t.type({ id: t.string }), t.partial({ role: t.string })]),
    });

    expect(misfits(codec, { payload: { id: 'a', role: 5 } })).toEqual(['payload.role: expected string']);
  });

  it('says once what both halves of an intersection say', () => {
    const codec = t.intersection([t.type({}), t.partial({})], 'object');

    expect(misfits(codec, 5)).toEqual(['(root): expected object']);
  });

  it('says at most ten things', () => {
    expect(
      misfits(
        t.array(t.string),
        Array.from({ length: 5_000 }, () => 5),
      ),
    ).toHaveLength(10);
  });

  it('shortens keys that come from the wire', () => {
    const [sentence] = misfits(t.record(t.string, t.string), { ['k'.repeat(100_000)]: 5 });

    expect(sentence).toBe(`${'k'.repeat(64)}…: expected string`);
  });
});

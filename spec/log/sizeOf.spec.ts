import { describe, expect, it } from '@jest/globals';
import { sizeOf } from '../../lib/log/sizeOf.js';

describe('sizeOf', () => {
  it('is the length of all text, and a little for each place that it is in', () => {
    const value = { a: 'four', b: ['x', { c: 'yz' }], d: null, e: 7, f: undefined };
    expect(sizeOf(value) - sizeOf({ a: '', b: ['', { c: '' }], d: null, e: 7, f: undefined })).toBe(7);
    expect(sizeOf([[], [], {}, 1, true, null])).toBeGreaterThan(sizeOf([]));
  });

  it('counts what its fields are called', () => {
    expect(sizeOf({ [`long${'er'.repeat(500)}`]: 1 })).toBeGreaterThan(1_000);
  });

  it('takes what nests a hundred thousand deep', () => {
    const text = `${'['.repeat(100_000)}"deep"${']'.repeat(100_000)}`;
    expect(sizeOf(JSON.parse(text))).toBeGreaterThan(100_000);
  });
});

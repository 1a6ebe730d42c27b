import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { subjectToken } from '../../../lib/worker/jetstream/subjectToken.js';
import { AWKWARD_IDS } from '../eventLogContract.js';

/** Any string that JavaScript can hold, halves of surrogate pairs included. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 300 })
    .map((units) => String.fromCharCode(...units)),
  fc.stringMatching(/^[a_0-9h.]{1,200}$/),
  fc.constantFrom(...AWKWARD_IDS),
);

describe('subjectToken', () => {
  it('is one token, that every part of a broker takes and reads as nothing else', () =>
    fc.assert(
      fc.asyncProperty(anyName, async (name) => {
        expect(await subjectToken(name)).toMatch(/^[A-Za-z0-9_-]{1,128}$/);
      }),
    ));

  it('is another one for another name', () =>
    fc.assert(
      fc.asyncProperty(anyName, anyName, async (name, other) => {
        fc.pre(name !== other);
        expect(await subjectToken(name)).not.toBe(await subjectToken(other));
      }),
      { numRuns: 1_000 },
    ));

  it('tells names apart that were made to look like a token', async () => {
    const token = await subjectToken('a.b');

    expect(token).toBe('a_002eb');
    expect(await subjectToken(token)).toBe('a_005f002eb');
    const hashed = await subjectToken('.'.repeat(200));
    expect(hashed).toMatch(/^_h[0-9a-f]{64}$/);
    expect(await subjectToken(hashed)).not.toBe(hashed);
  });

  it('stays what it is in every version: logs are found by it', async () => {
    expect(await subjectToken('123-Abc')).toBe('123-Abc');
    expect(await subjectToken('x'.repeat(129))).toBe(
      '_h0ec9eb33e74510bcdd1f2ea55206e82f21649c5c2becbf2b433eb475b34c01bd',
    );
  });

  it('has none for nothing', async () => {
    await expect(subjectToken('')).rejects.toThrow(TypeError);
  });
});

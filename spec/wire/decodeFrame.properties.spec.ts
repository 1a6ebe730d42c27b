import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import { decodeFrame } from '../../lib/wire/decodeFrame.js';
import { codecOf } from './codecOf.js';
import { mutatedFrame } from './mutatedFrame.js';

/** What is wrong with the result of decoding, in a word; nothing, when it keeps every promise. */
const brokenPromise = (raw: unknown): string | undefined => {
  const result = decodeFrame(raw);
  if (E.isLeft(result)) {
    const { errors } = result.left;
    if (!Object.is(result.left.raw(), raw)) return 'the raw frame is lost';
    if (errors.length > 10) return 'too many errors';
    if ((result.left.kind === 'invalid-payload') !== errors.length > 0) return 'no reason given';
    return errors.some((error) => error.length > 300) ? 'an error as long as the wire likes' : undefined;
  }

  const event = result.right;
  if (!('type' in event))
    return Object.hasOwn(event, 'frame') ? undefined : 'an unknown event without its frame';
  const codec: t.Mixed = codecOf[event.type];
  if (!codec.is(event.payload)) return `the payload is no ${codec.name}`;
  if (hasNoUse(event.payload)) return 'a key without a value';
  if (Object.getPrototypeOf(event.payload) !== Object.prototype) return 'a strange prototype';
  const stripped = codec.decode(event.payload);
  return E.isRight(stripped) && JSON.stringify(stripped.right) === JSON.stringify(event.payload)
    ? undefined
    : 'a key that was not asked for';
};

/** An absent field is an absent key. */
const hasNoUse = (payload: object): boolean => Object.values(payload).includes(undefined);

const keepsItsPromises = (raws: fc.Arbitrary<unknown>, numRuns: number): void => {
  fc.assert(
    fc.property(raws, (raw) => {
      expect(brokenPromise(raw)).toBeUndefined();
    }),
    { numRuns },
  );
};

describe('decodeFrame keeps its promises', () => {
  it('for any value at all', () => {
    keepsItsPromises(fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true }), 500);
    // The one value that is not equal to itself.
    keepsItsPromises(fc.constant(NaN), 1);
  });

  it('for any string', () => {
    keepsItsPromises(fc.string({ unit: 'binary' }), 500);
  });

  it('for any bytes', () => {
    keepsItsPromises(fc.uint8Array({ maxLength: 64 }), 500);
  });

  it('for any JSON', () => {
    keepsItsPromises(fc.json({ noUnicodeString: false }), 500);
  });

  it('for what is left of a good frame after any accident', () => {
    keepsItsPromises(
      mutatedFrame.map((frame) => JSON.stringify(frame)),
      3_000,
    );
  });
});

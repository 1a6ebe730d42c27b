import { describe, expect, it } from '@jest/globals';
import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import { misfits } from '../../lib/wire/misfits.js';

export interface CodecExamples<A> {
  readonly good: readonly A[];
  /** Values that do not fit, each with exactly what is said about it. */
  readonly bad: readonly (readonly [value: unknown, misfits: readonly string[]])[];
}

/** What every codec promises: it tells good from bad, says why, and neither decoding nor encoding changes a good value. */
export const obeysCodecContract = <A>(codec: t.Type<A>, { good, bad }: CodecExamples<A>): void => {
  describe('as a codec', () => {
    it.each(good.map((value) => [value]))('knows, decodes and encodes %j', (value) => {
      expect(codec.is(value)).toBe(true);
      expect(codec.decode(value)).toEqual(E.right(value));
      expect(codec.encode(value)).toEqual(value);
      expect(misfits(codec, value)).toEqual([]);
    });

    it.each(bad)('refuses %j', (value, expected) => {
      expect(codec.is(value)).toBe(false);
      expect(E.isLeft(codec.decode(value))).toBe(true);
      expect(misfits(codec, value)).toEqual(expected);
    });
  });
};

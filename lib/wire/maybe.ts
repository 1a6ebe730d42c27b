import * as t from 'io-ts';
import { guardOf } from './guardOf.js';

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;

/**
 * Lets a field of the wire be missing or `null`, which mean the same there.
 *
 * It keeps the name of the codec it wraps: an error says `expected string`, not `expected (string | null)`.
 */
export const maybe = <A>(codec: t.Type<A>): t.Type<A | null | undefined> => {
  const isPresent = guardOf(codec);

  return new t.Type<A | null | undefined>(
    codec.name,
    (value): value is A | null | undefined => isMissing(value) || isPresent(value),
    (value, context) => (isMissing(value) ? t.success(value) : codec.validate(value, context)),
    (value) => (isMissing(value) ? value : codec.encode(value)),
  );
};

import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';

/** How many places are named, and how many characters of one key are shown: keys may come from the wire. */
const maxMisfits = 10;
const maxKeyLength = 64;

/**
 * Names the places where a value does not fit its codec, such as `payload.profileId: expected non-empty string`.
 *
 * Ten at most, each with the expected type and never with a value: what people write to each other does not
 * belong in a log. Empty when the value fits.
 */
export const misfits = (codec: t.Mixed, value: unknown): readonly string[] => {
  const decoded = codec.decode(value);
  if (E.isRight(decoded)) return [];
  // Both halves of an intersection may say the same.
  return [...new Set(decoded.left.slice(0, 2 * maxMisfits).map(sentence))].slice(0, maxMisfits);
};

const sentence = ({ context }: t.ValidationError): string => {
  // The halves of an intersection see the same value as the whole: io-ts counts them as places, people do not.
  const places = context.filter(
    ({ actual }, depth) => depth === 0 || !Object.is(actual, context[depth - 1]?.actual),
  );
  // The root has no key.
  const path = places.slice(1).map(({ key }) => shortened(key));
  return `${path.join('.') || '(root)'}: expected ${places.at(-1)?.type.name ?? 'another type'}`;
};

const shortened = (key: string): string =>
  key.length > maxKeyLength ? `${key.slice(0, maxKeyLength)}…` : key;

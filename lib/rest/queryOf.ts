import { encoded } from './encoded.js';

/** What is asked for beside the path; what is undefined is left out. */
export type QueryFields = Readonly<Record<string, string | number | undefined>>;

/**
 * Makes the query of a request out of its fields.
 *
 * Throws in the caller's stack: a `TypeError` for a value that is neither text nor number, a `RangeError` for text
 * that holds half a surrogate pair, which cannot be sent.
 */
export const queryOf = (fields: QueryFields): readonly (readonly [string, string])[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[sendable(name), sendable(textOf(name, value))] as const],
  );

const textOf = (name: string, value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return `${value}`;
  throw new TypeError(`${name} has to be text or a number, not ${typeof value}.`);
};

const sendable = (text: string): string => {
  encoded(text, 'A query');
  return text;
};

import * as t from 'io-ts';

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The id of a conversation, a message or a profile: any string but the empty one. */
export const Id: t.Type<string> = new t.Type(
  'non-empty string',
  isId,
  (value, context) => (isId(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

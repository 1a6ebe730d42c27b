import * as t from 'io-ts';

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** An id that a client chooses: any string but the empty one, which no path could name. */
export const Id = new t.Type<string>(
  'Id',
  isId,
  (value, context) => (isId(value) ? t.success(value) : t.failure(value, context)),
  t.identity,
);

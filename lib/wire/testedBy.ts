import * as t from 'io-ts';

/**
 * A codec that takes what passes a test, as it is.
 *
 * @param name What is expected, for errors.
 */
export const testedBy = <A>(name: string, passes: (value: unknown) => value is A): t.Type<A> =>
  new t.Type(
    name,
    passes,
    (value, context) => (passes(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  );

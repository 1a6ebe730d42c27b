import type * as t from 'io-ts';

/** What is described by these props, of which a key that is `null` is missing instead. */
export type WithoutNulls<P extends t.Props> = {
  readonly [K in keyof P]?: Exclude<t.TypeOf<P[K]>, null | undefined>;
};

/**
 * The object itself; a copy only where a key that its codec knows is `null`, which then is dropped. To others `null`
 * may mean something.
 */
export const withoutNulls = <P extends t.Props>(
  object: t.TypeOf<t.PartialC<P>>,
  { props }: t.PartialC<P>,
): WithoutNulls<P> => {
  const isMissing = ([key, value]: readonly [string, unknown]): boolean =>
    value === null && Object.hasOwn(props, key);
  const entries = Object.entries(object);
  return entries.some(isMissing)
    ? // It has the same keys with the same values, but for those that were null.
      (Object.fromEntries(entries.filter((entry) => !isMissing(entry))) as WithoutNulls<P>)
    : object;
};

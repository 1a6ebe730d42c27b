import * as t from 'io-ts';

/**
 * An object that must have the first keys and may have the second ones. Other keys pass through.
 *
 * @param name What it is called where another value stands in its place.
 */
export const objectOf = <Needed extends t.Props, Optional extends t.Props>(
  needed: Needed,
  optional: Optional,
  name?: string,
): t.IntersectionC<[t.TypeC<Needed>, t.PartialC<Optional>]> =>
  t.intersection([t.type(needed), t.partial(optional)], name);

/** The same, which leaves out other keys when it decodes. */
export const exactObjectOf = <Needed extends t.Props, Optional extends t.Props>(
  needed: Needed,
  optional: Optional,
  name: string,
): t.ExactC<t.IntersectionC<[t.TypeC<Needed>, t.PartialC<Optional>]>> =>
  t.exact(objectOf(needed, optional), name);

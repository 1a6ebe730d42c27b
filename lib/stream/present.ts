/** The members that are there: neither `undefined` nor `null`. */
export const present = <A extends object>(members: A): { readonly [K in keyof A]?: NonNullable<A[K]> } =>
  // What is left has the names and the types that it had.
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null),
  ) as {
    readonly [K in keyof A]?: NonNullable<A[K]>;
  };

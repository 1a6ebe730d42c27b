/** A value that is made when it is first read, and is the same ever after. */
export interface Later<A> {
  readonly value: A;
}

/** Whatever the value is made of is let go as soon as it is made. A `make` that throws is called again. */
export const later = <A>(make: () => A): Later<A> => {
  let state: { readonly make: () => A } | Later<A> = { make };
  return {
    get value() {
      if ('make' in state) state = { value: state.make() };
      return state.value;
    },
  };
};

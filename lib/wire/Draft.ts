/** A value while it is being built: the same keys, still writable, so that an absent field stays an absent key. */
export type Draft<A> = { -readonly [K in keyof A]: A[K] };

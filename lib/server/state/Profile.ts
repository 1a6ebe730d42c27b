import * as t from 'io-ts';

/** A person, or a program that speaks. All but the id is free. */
export const Profile = t.intersection([t.type({ id: t.string }), t.UnknownRecord]);
export type Profile = t.TypeOf<typeof Profile>;

import * as t from 'io-ts';

/** A profile: `id` and whatever an app keeps in it. */
export type Profile = Readonly<Record<string, unknown>>;

/** Everything passes through. */
export const Profile: t.Type<Profile> = t.UnknownRecord;

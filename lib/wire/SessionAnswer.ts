import * as t from 'io-ts';
import { Id } from './Id.js';
import { maybe } from './maybe.js';
import { objectOf } from './objectOf.js';

/** The answer to `POST /sessions`. */
export interface SessionAnswer {
  readonly token: string;
  readonly session: {
    readonly id: string;
    readonly profileId: string;
    /** ISO 8601. */
    readonly expiresOn?: string | null | undefined;
  };
}

/** Its errors hold the token that they were made from: they must go into no message and no log. */
export const SessionAnswer: t.Type<SessionAnswer> = t.type(
  {
    token: Id,
    session: objectOf({ id: Id, profileId: Id }, { expiresOn: maybe(t.string) }),
  },
  'SessionAnswer',
);

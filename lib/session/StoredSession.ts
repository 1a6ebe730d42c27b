import * as t from 'io-ts';
import { Id } from '../wire/Id.js';
import { objectOf } from '../wire/objectOf.js';

/** A session as it is kept between two starts of an app. It holds the token: keep it where secrets may lie. */
export interface StoredSession {
  readonly token: string;
  readonly sessionId: string;
  readonly profileId: string;
  /** The server's name for this installation; it outlives the single session. */
  readonly deviceId: string;
  /** ISO 8601, by the server's clock. */
  readonly expiresOn?: string;
}

/** A store is outside of the program, so what it gives is looked at before it is believed. */
export const StoredSession: t.Type<StoredSession> = objectOf(
  { token: Id, sessionId: Id, profileId: Id, deviceId: Id },
  { expiresOn: t.string },
  'StoredSession',
);

import type { LoggedEvent } from '../log/LoggedEvent.js';
import type { Details } from './Change.js';
import type { Profile } from './Profile.js';
import type { Session } from './Session.js';

/** A place in a log: its index is its id. One without an event is a hole. */
export interface Slot {
  readonly event?: LoggedEvent;
  /** Milliseconds since 1970: pages leave the event out before. */
  readonly visibleAt: number;
}

export interface Conversation {
  readonly id: string;
  readonly details: Details;
  readonly revision: number;
  readonly etag: string;
  readonly createdOn: string;
  readonly createdBy: string;
  readonly updatedOn: string;
  readonly updatedBy: string;
  readonly isDeleted: boolean;
  /** Role by profile id. */
  readonly participants: ReadonlyMap<string, string>;
  readonly log: readonly Slot[];
  /** Id in the log by message id. */
  readonly sentIds: ReadonlyMap<string, number>;
}

export interface KnownProfile {
  readonly profile: Profile;
  readonly revision: number;
  readonly etag: string;
}

/** Everything that the server knows. Ids are strings from outside, so all of it is in maps, never in objects. */
export interface SpaceState {
  readonly secret: string | undefined;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly profiles: ReadonlyMap<string, KnownProfile>;
  readonly sessions: ReadonlyMap<string, Session>;
}

import type { Observable } from 'rxjs';
import type { EventPage } from '../wire/EventPage.js';
import type { MessagePage } from '../wire/MessagePage.js';
import type { NewContent, UploadedContent } from './Content.js';
import type { ConversationDetails } from './ConversationDetails.js';
import type { IfMatch } from './IfMatch.js';
import type { ListedConversation } from './ListedConversation.js';
import type { NewMessage, SentMessage } from './NewMessage.js';
import type { Participant } from './Participant.js';
import type { Profile } from './Profile.js';
import type { SessionDetails } from './SessionDetails.js';
import type { StatusUpdate } from './StatusUpdate.js';
import type { Tagged } from './Tagged.js';

/**
 * The server's REST API, one function for each endpoint.
 *
 * Each returns a cold Observable: one request per subscription, aborted on unsubscribe, one value, completion. It
 * errors only with a `ComapiError`. No request is repeated, except once with a new token after a 401. Arguments that
 * cannot be sent (an id that is not a string, a negative position, a body with a cycle or a BigInt) throw a
 * `TypeError` or `RangeError` at the call.
 */
export interface Rest {
  /**
   * An item without an id is left out, and reported on `decodeErrors$` of the client, as in the other lists.
   *
   * @param options `scope`: all public ones, or those in which the profile takes part. Default: the server's.
   */
  listConversations(options?: {
    readonly scope?: 'public' | 'participant' | undefined;
    readonly profileId?: string | undefined;
  }): Observable<readonly ListedConversation[]>;
  /** Errors with `'conflict'` when the id is taken. */
  createConversation(
    conversation: ConversationDetails & { readonly participants?: readonly Participant[] },
  ): Observable<Tagged<ConversationDetails>>;
  /** A conversation to which I was just added may be `'not-found'` for a short time. */
  getConversation(conversationId: string): Observable<Tagged<ConversationDetails>>;
  updateConversation(
    conversationId: string,
    changes: Omit<ConversationDetails, 'id'>,
    options?: IfMatch,
  ): Observable<Tagged<ConversationDetails>>;
  deleteConversation(conversationId: string, options?: IfMatch): Observable<void>;

  listParticipants(conversationId: string): Observable<readonly Participant[]>;
  addParticipants(conversationId: string, participants: readonly Participant[]): Observable<void>;
  removeParticipants(conversationId: string, profileIds: readonly string[]): Observable<void>;

  startTyping(conversationId: string): Observable<void>;
  stopTyping(conversationId: string): Observable<void>;

  /** Sends the message each time it is subscribed to. */
  sendMessage(conversationId: string, message: NewMessage): Observable<SentMessage>;
  updateStatuses(conversationId: string, updates: readonly StatusUpdate[]): Observable<void>;
  /**
   * Pages backwards.
   * @param options `from`: the highest event id of the page, default: the newest; `limit`: default 100 events.
   */
  listMessages(
    conversationId: string,
    options?: { readonly from?: number | undefined; readonly limit?: number | undefined },
  ): Observable<MessagePage>;
  /**
   * Pages forwards.
   * @param options `from`: the lowest event id of the page; `limit`: default 100 events. A server may give fewer.
   */
  listEvents(
    conversationId: string,
    options: { readonly from: number; readonly limit?: number | undefined },
  ): Observable<EventPage>;

  getProfile(profileId: string): Observable<Tagged<Profile>>;
  /** @param query Names of fields with the values to look for. */
  queryProfiles(query?: Readonly<Record<string, string>>): Observable<readonly Profile[]>;
  /** Replaces the profile. */
  updateProfile(profileId: string, profile: Profile, options?: IfMatch): Observable<Tagged<Profile>>;
  /** Changes the named fields and leaves the others as they are. */
  patchProfile(profileId: string, changes: Profile, options?: IfMatch): Observable<Tagged<Profile>>;

  uploadContent(
    content: NewContent,
    options?: { readonly folder?: string | undefined },
  ): Observable<UploadedContent>;

  /** Errors with `'not-found'` when the client was created with `getToken`, as do the next two. */
  getSession(): Observable<SessionDetails>;
  /** @param push `{ fcm: … }` or `{ apns: … }`, in the server's format. */
  registerPush(push: Readonly<Record<string, unknown>>): Observable<void>;
  removePush(): Observable<void>;
}

import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { MessagePart } from '../wire/MessagePart.js';
import type { Faults } from './faults/Faults.js';
import type { AnsweredRequest } from './http/AnsweredRequest.js';

/**
 * A server in this process, and the calls by which a test makes things happen on it.
 *
 * A call about a conversation or a message that does not exist throws a `RangeError`. After `close` nothing is sent.
 */
export interface LocalServer {
  /** For the option `urlBase` of a client. */
  readonly urlBase: string;
  /** For the option `webSocketBase` of a client. */
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  /** Signs the answer to a login challenge, as an app's backend does. */
  issueJwt(profileId: string, nonce: string): string;
  /** A session token without a login, valid for `sessionTtlS`. */
  issueToken(profileId: string): string;
  /** Creates a conversation, whose first participant owns it, and returns its id. */
  createConversation(conversation: {
    /** Default: a random one. */
    readonly id?: string;
    readonly name?: string;
    /** Default: `false`. */
    readonly isPublic?: boolean;
    readonly participants: readonly string[];
  }): string;
  deleteConversation(conversationId: string): void;
  undeleteConversation(conversationId: string): void;
  /** @param role Default: `participant`. */
  addParticipant(conversationId: string, profileId: string, role?: string): void;
  removeParticipant(conversationId: string, profileId: string): void;
  /** Sends a message, as `text` or as `parts`. The sender need not be a participant. */
  publish(
    conversationId: string,
    message: {
      readonly from: string;
      readonly text?: string;
      readonly parts?: readonly MessagePart[];
      readonly metadata?: unknown;
    },
  ): { readonly messageId: string; readonly conversationEventId: number };
  /** Returns the id of the new log entry. */
  setStatus(
    conversationId: string,
    messageId: string,
    profileId: string,
    status: 'delivered' | 'read',
  ): number;
  /** Returns the id of the new log entry. */
  deleteMessage(conversationId: string, messageId: string): number;
  setTyping(conversationId: string, profileId: string, typing: boolean): void;
  updateProfile(profileId: string, profile: Readonly<Record<string, unknown>>): void;
  /**
   * Sends any text or bytes to every socket of a profile, unchanged, whatever the faults; only `halfOpen` stops them.
   */
  push(profileId: string, frame: string | Uint8Array): void;
  /**
   * The whole log as a client sees it in the end: without holes, and without entries that have no type in the client.
   */
  events(conversationId: string): readonly ConversationMessageEvent[];
  /** Replaces the faults; `{}` ends them all. Throws a `RangeError` for unknown names and impossible values. */
  setFaults(faults: Faults): void;
  /** How often each fault occurred since the start; `dropped` counts the sockets ended by `dropSockets`. */
  readonly faultCounts: Readonly<Record<string, number>>;
  /** Ends sockets: all of them or those of one profile, with a close code or, without one, by a cut. */
  dropSockets(options?: { readonly profileId?: string; readonly code?: number }): void;
  /** Makes all tokens, or those of one profile, invalid, and cuts their sockets. */
  revokeTokens(profileId?: string): void;
  /** Cuts all connections, and starts again on the same port with the same logs and sessions. */
  restart(): Promise<void>;
  /** The last 10,000 requests, handshakes of sockets included, in the order of their answers. */
  readonly requests: readonly AnsweredRequest[];
  /** How many sockets are open. */
  readonly socketCount: number;
  /** Cuts all connections and stops. Resolves when the port is free; may be called again. */
  close(): Promise<void>;
}

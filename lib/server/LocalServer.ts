import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { MessagePart } from '../wire/MessagePart.js';
import type { Faults } from './faults/Faults.js';
import type { AnsweredRequest } from './http/AnsweredRequest.js';

/**
 * A server of this process, and everything that a test wants to make happen on it.
 *
 * What speaks of a conversation or a message that does not exist throws a `RangeError`. After `close` nothing
 * reaches anybody.
 */
export interface LocalServer {
  /** For the option `urlBase` of a client. */
  readonly urlBase: string;
  /** For the option `webSocketBase` of a client. */
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  /** What an app's backend answers to the challenge. */
  issueJwt(profileId: string, nonce: string): string;
  /** A session token that needs no login, good for `sessionTtlS`. */
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
  /** Sends a message, as `text` or as `parts`. Who sends it need not be a participant. */
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
  /** Sends any text or bytes to every socket of a profile, as they are. Only a half-open socket swallows them. */
  push(profileId: string, frame: string | Uint8Array): void;
  /** The whole log as a client would see it in the end: without holes, and without what has no type there. */
  events(conversationId: string): readonly ConversationMessageEvent[];
  /** Replaces the faults; `{}` heals. Throws a `RangeError` on values that make no sense. */
  setFaults(faults: Faults): void;
  /** How often each fault really happened since the start; `dropped` counts sockets of `dropSockets`. */
  readonly faultCounts: Readonly<Record<string, number>>;
  /** Ends sockets: all of them or those of one profile, with a close code or, without one, by a cut. */
  dropSockets(options?: { readonly profileId?: string; readonly code?: number }): void;
  /** Makes all tokens, or those of one profile, good for nothing, and cuts their sockets. */
  revokeTokens(profileId?: string): void;
  /** Cuts everything, and comes back on the same port with the same log and sessions. */
  restart(): Promise<void>;
  /** The last 10,000 requests, handshakes of sockets too, in the order of their answers. */
  readonly requests: readonly AnsweredRequest[];
  /** How many sockets are open. */
  readonly socketCount: number;
  /** Cuts everything for good. Resolves when the port is free; calling it again is fine. */
  close(): Promise<void>;
}

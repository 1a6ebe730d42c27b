import { randomUUID } from 'node:crypto';
import type { LoggedEvent } from '../log/LoggedEvent.js';
import type { Conversation, KnownProfile } from '../state/SpaceState.js';
import type { Frame } from './Frame.js';

/** Where and when a frame is made. */
export interface Origin {
  readonly apiSpaceId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The number of the account that the space belongs to. Some frames carry it. */
const accountId = 1;

/** The first frame of every socket. */
export const socketOpened = (origin: Origin, profileId: string): Frame =>
  envelope(origin, 'socket.info', { socketId: randomUUID(), accountId, context: { createdBy: profileId } });

/** A log entry as it travels: all but sent ones name their conversation in the payload only, and so do sent ones. */
export const messageEvent = ({
  conversationId: _inside,
  context,
  publishedOn,
  ...event
}: LoggedEvent): Frame => ({
  ...event,
  context,
  revision: event.conversationEventId,
  publishedOn,
});

/** `create`, `update`, `delete` or `undelete` of a conversation. */
export const lifecycle = (
  origin: Origin,
  { id, details, revision, etag, participants }: Conversation,
  { verb, by }: { readonly verb: 'create' | 'update' | 'delete' | 'undelete'; readonly by: string },
): Frame => {
  const { apiSpaceId } = origin;
  const people = [...participants].map(([profileId, role]) => ({
    profileId,
    role,
    conversationId: id,
    apiSpaceId,
  }));
  const payloads = {
    create: () => ({ id, ...details, participants: people }),
    update: () => ({ id, ...details }),
    delete: () => ({ date: new Date(origin.now()).toISOString() }),
    undelete: () => ({ id, ...details }),
  };
  return envelope(origin, `conversation.${verb}`, {
    payload: payloads[verb](),
    context: { createdBy: by },
    revision,
    etag,
    conversationId: id,
  });
};

export interface Move {
  readonly verb: 'participantAdded' | 'participantUpdated' | 'participantRemoved';
  readonly conversationId: string;
  readonly profileId: string;
  readonly role?: string;
  readonly by: string;
}

/** Somebody came, changed role, or went. */
export const participantMoved = (
  origin: Origin,
  { verb, conversationId, profileId, role, by }: Move,
): Frame => {
  const { apiSpaceId } = origin;
  return envelope(origin, `conversation.${verb}`, {
    payload: { profileId, ...(role !== undefined && { role }), conversationId, apiSpaceId },
    context: { createdBy: by },
    conversationId,
  });
};

export interface Typing {
  readonly conversationId: string;
  readonly profileId: string;
  readonly typing: boolean;
}

/** Somebody began or stopped typing: the conversation is named in the payload only. */
export const typingChanged = (origin: Origin, { conversationId, profileId, typing }: Typing): Frame =>
  envelope(origin, `conversation.participantTyping${typing ? '' : 'Off'}`, {
    payload: { conversationId, profileId },
    context: { createdBy: profileId, createdOn: new Date(origin.now()).toISOString() },
    accountId,
  });

/** A profile changed: this frame, and no other, spells its tag `eTag`. */
export const profileChanged = (
  origin: Origin,
  { profile, revision, etag }: KnownProfile,
  by: string,
): Frame =>
  envelope(origin, 'profile.update', {
    accountId,
    payload: profile,
    eTag: etag,
    context: { createdBy: by },
    revision,
    profileId: profile.id,
  });

const envelope = ({ apiSpaceId, now }: Origin, name: string, fields: Frame): Frame => ({
  eventId: randomUUID(),
  apiSpaceId,
  name,
  ...fields,
  publishedOn: new Date(now()).toISOString(),
});

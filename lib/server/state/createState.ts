import type { LoggedEvent } from '../log/LoggedEvent.js';
import type { Change } from './Change.js';
import { etagOf } from './etagOf.js';
import type { Session } from './Session.js';
import type { Conversation, KnownProfile, Slot, SpaceState } from './SpaceState.js';

type OpenConversation = Omit<Conversation, 'participants' | 'log' | 'sentIds'> & {
  readonly participants: Map<string, string>;
  readonly log: Slot[];
  readonly sentIds: Map<string, number>;
};
type Of<K extends Change['kind']> = Extract<Change, { readonly kind: K }>;

/**
 * Makes an empty state, and the one function that changes it.
 *
 * @returns `apply` throws a `RangeError` when a change speaks of a conversation that does not exist or of an id
 * that is not the next one: then the journal was tampered with.
 */
export const createState = (): { readonly state: SpaceState; readonly apply: (change: Change) => void } => {
  const conversations = new Map<string, OpenConversation>();
  const profiles = new Map<string, KnownProfile>();
  const sessions = new Map<string, Session>();
  let secret: string | undefined;

  const conversationOf = (id: string): OpenConversation => {
    const conversation = conversations.get(id);
    if (!conversation) throw new RangeError('A change belongs to a conversation that does not exist.');
    return conversation;
  };

  const setDetails = ({ conversationId: id, details, by, on }: Of<'details'>): void => {
    const known = conversations.get(id) ?? newConversation(id, by, on);
    const revision = known.revision + 1;
    const etag = etagOf({ id, ...details, revision });
    conversations.set(id, { ...known, details, revision, etag, updatedBy: by, updatedOn: on });
  };

  const log = (event: LoggedEvent, visibleAt: number): void => {
    const { log, sentIds } = conversationOf(event.conversationId);
    const id = event.conversationEventId;
    if (id !== log.length) throw new RangeError('A change has an id that is not the next one of its log.');
    log.push({ event, visibleAt });
    if (event.name === 'conversationMessage.sent') sentIds.set(event.payload.messageId, id);
  };

  const apply = (change: Change): void => {
    switch (change.kind) {
      case 'secret':
        secret = change.secret;
        return;
      case 'details':
        return setDetails(change);
      case 'presence': {
        const { conversationId: id, isDeleted } = change;
        return void conversations.set(id, { ...conversationOf(id), isDeleted });
      }
      case 'joined':
        return void conversationOf(change.conversationId).participants.set(change.profileId, change.role);
      case 'left':
        return void conversationOf(change.conversationId).participants.delete(change.profileId);
      case 'hole':
        return void conversationOf(change.conversationId).log.push({ visibleAt: 0 });
      case 'logged':
        return log(change.event, change.visibleAt);
      case 'profile': {
        const { profile } = change;
        const revision = (profiles.get(profile.id)?.revision ?? 0) + 1;
        return void profiles.set(profile.id, { profile, revision, etag: etagOf({ profile, revision }) });
      }
      case 'session':
        return void sessions.set(change.session.id, change.session);
      case 'session-over':
        return void sessions.delete(change.sessionId);
    }
  };

  return {
    state: {
      get secret() {
        return secret;
      },
      conversations,
      profiles,
      sessions,
    },
    apply,
  };
};

const newConversation = (id: string, by: string, on: string): OpenConversation => ({
  id,
  details: { isPublic: false, roles: {} },
  revision: 0,
  etag: '',
  createdOn: on,
  createdBy: by,
  updatedOn: on,
  updatedBy: by,
  isDeleted: false,
  participants: new Map(),
  log: [],
  sentIds: new Map(),
});

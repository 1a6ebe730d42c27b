import * as t from 'io-ts';
import { present } from '../../stream/present.js';
import { ConversationRoles } from '../ConversationRoles.js';
import type { Draft } from '../Draft.js';
import { Id } from '../Id.js';
import { maybe } from '../maybe.js';
import { exactObjectOf } from '../objectOf.js';
import type { Sample } from '../Sample.js';
import { signed } from '../signed.js';
import { wireEvent } from '../WireEvent.js';
import { withoutNulls } from '../withoutNulls.js';

/** Name, description, roles or visibility of a conversation changed. */
export interface ConversationUpdatedEventData {
  readonly conversationId: string;
  readonly createdBy?: string;
  readonly name?: string;
  readonly description?: string;
  readonly roles?: ConversationRoles;
  readonly isPublic?: boolean;
  readonly eTag?: string;
  readonly timestamp?: string;
}

export const ConversationUpdatedEventData: t.Type<ConversationUpdatedEventData> =
  /* @__PURE__ */ exactObjectOf(
    { conversationId: Id },
    {
      createdBy: t.string,
      name: t.string,
      description: t.string,
      roles: ConversationRoles,
      isPublic: t.boolean,
      eTag: t.string,
      timestamp: t.string,
    },
    'ConversationUpdatedEventData',
  );

const WirePrivileges = t.partial(
  {
    canSend: maybe(t.boolean),
    canAddParticipants: maybe(t.boolean),
    canRemoveParticipants: maybe(t.boolean),
  },
  'object',
);

const WireRoles = t.partial({ owner: maybe(WirePrivileges), participant: maybe(WirePrivileges) }, 'object');
type WireRoles = t.TypeOf<typeof WireRoles>;

const WireConversation = t.partial(
  {
    name: maybe(t.string),
    description: maybe(t.string),
    roles: maybe(WireRoles),
    isPublic: maybe(t.boolean),
  },
  'object',
);

/** `conversation.update`. */
export const conversationUpdated = wireEvent({
  type: 'conversationUpdated',
  needs: t.type({ conversationId: Id, payload: maybe(WireConversation) }),
  payload: (envelope): ConversationUpdatedEventData => {
    const { name, description, roles, isPublic } = envelope.payload ?? {};
    const { conversationId, eTag } = envelope;
    const changes = present({ name, description, roles: roles && rolesOf(roles), isPublic, eTag });
    return signed({ conversationId, ...changes }, envelope);
  },
});

/** The roles themselves; a copy only when a known key is `null`, which then is dropped. */
const rolesOf = (roles: WireRoles): ConversationRoles => {
  if (ConversationRoles.is(roles)) return roles;
  const { owner, participant, ...unknownHere } = roles;
  const copy: Draft<ConversationRoles> = unknownHere;
  if (owner) copy.owner = withoutNulls(owner, WirePrivileges);
  if (participant) copy.participant = withoutNulls(participant, WirePrivileges);
  return copy;
};

export const conversationUpdatedSample: Sample<ConversationUpdatedEventData> = {
  frame: {
    eventId: '5b0a2f60-0003',
    name: 'conversation.update',
    apiSpaceId: 'space-1',
    payload: {
      id: 'garden',
      name: 'The garden',
      description: 'Beds and paths',
      isPublic: false,
      roles: {
        owner: { canSend: true, canAddParticipants: true, canRemoveParticipants: true },
        participant: { canSend: true, canAddParticipants: false, canRemoveParticipants: false },
      },
    },
    context: { createdBy: 'ann' },
    revision: 2,
    etag: '"33-upd"',
    conversationId: 'garden',
    publishedOn: '2026-01-05T09:00:00.020Z',
  },
  payload: {
    conversationId: 'garden',
    createdBy: 'ann',
    name: 'The garden',
    description: 'Beds and paths',
    roles: {
      owner: { canSend: true, canAddParticipants: true, canRemoveParticipants: true },
      participant: { canSend: true, canAddParticipants: false, canRemoveParticipants: false },
    },
    isPublic: false,
    eTag: '"33-upd"',
    timestamp: '2026-01-05T09:00:00.020Z',
  },
};

import * as t from 'io-ts';
import { enter, isOpenTo } from '../chat/access.js';
import {
  createConversation,
  deleteConversation,
  everyPrivilege,
  updateConversation,
} from '../chat/conversations.js';
import { withoutFields } from '../faults/withoutFields.js';
import { expectMatch } from '../http/ifMatch.js';
import type { AuthorisedCall, Reply, Route } from '../http/Route.js';
import { Id } from './Id.js';
import { latestSentId } from '../log/latestSentId.js';
import type { Space } from '../Space.js';
import { Roles, type Details } from '../state/Change.js';
import type { Conversation } from '../state/SpaceState.js';

const Changes = t.partial({
  name: t.union([t.string, t.null]),
  description: t.union([t.string, t.null]),
  roles: t.union([Roles, t.null]),
  isPublic: t.boolean,
});
const Participant = t.intersection([t.type({ id: Id }), t.partial({ role: t.string })]);
const NewConversation = t.intersection([
  t.type({ id: Id }),
  Changes,
  t.partial({ participants: t.readonlyArray(Participant) }),
]);

/** Conversations: their details, and which there are. */
export const conversationRoutes = (space: Space): readonly Route[] => [
  {
    method: 'POST',
    path: '/conversations',
    answer: async ({ json, session: { profileId: by } }) => {
      const { id, participants = [], ...changes } = await json(NewConversation);
      const others = participants
        .filter((participant) => participant.id !== by)
        .map((participant) => ({ id: participant.id, role: participant.role ?? 'participant' }));
      const conversation = createConversation(space, {
        id,
        details: detailsOf(changes, { isPublic: false, roles: everyPrivilege }),
        by,
        participants: [{ id: by, role: 'owner' }, ...others],
      });
      return tagged(201, conversation);
    },
  },
  {
    method: 'GET',
    path: '/conversations',
    answer: ({ query, session: { profileId: me } }) => {
      const isPublic = query.get('scope') === 'public';
      const profileId = query.get('profileId') ?? me;
      const listed = [...space.state.conversations.values()]
        .filter((conversation) => !conversation.isDeleted && isOpenTo(conversation, me))
        .filter(({ details, participants }) => (isPublic ? details.isPublic : participants.has(profileId)));
      const items = listed.map((each) => withoutFields(listItem(each), space.faults, ['etag']));
      return { status: 200, json: items };
    },
  },
  {
    method: 'GET',
    path: '/conversations/:conversationId',
    answer: (call) => tagged(200, asked(space, call)),
  },
  {
    method: 'PUT',
    path: '/conversations/:conversationId',
    answer: async (call) => {
      const changes = await call.json(Changes);
      const { id: conversationId, details, etag } = asked(space, call);
      expectMatch(call, etag);
      const updated = updateConversation(space, {
        conversationId,
        details: detailsOf(changes, details),
        by: call.session.profileId,
      });
      return tagged(200, updated);
    },
  },
  {
    method: 'DELETE',
    path: '/conversations/:conversationId',
    answer: (call) => {
      const conversation = asked(space, call);
      expectMatch(call, conversation.etag);
      deleteConversation(space, conversation, call.session.profileId);
      return { status: 204 };
    },
  },
];

const asked = (space: Space, { param, session }: AuthorisedCall): Conversation =>
  enter(space, param('conversationId'), session.profileId);

/** Name and description are replaced, and go when they are left out; the rest stays as it was. */
const detailsOf = (
  { name, description, roles, isPublic }: t.TypeOf<typeof Changes>,
  before: Pick<Details, 'isPublic' | 'roles'>,
): Details => ({
  ...(typeof name === 'string' && { name }),
  ...(typeof description === 'string' && { description }),
  roles: roles ?? before.roles,
  isPublic: isPublic ?? before.isPublic,
});

const tagged = (status: number, { id, details, etag }: Conversation): Reply => ({
  status,
  json: { id, ...details },
  headers: { ETag: etag },
});

/** What a conversation looks like in a list: what the server adds is underscored there, and only there. */
const listItem = (conversation: Conversation): Readonly<Record<string, unknown>> => {
  const { id, details, etag, participants, log } = conversation;
  const latestSentEventId = latestSentId(log);
  return {
    id,
    ...details,
    participantCount: participants.size,
    _etag: etag,
    _createdOn: conversation.createdOn,
    _createdBy: `session:${conversation.createdBy}`,
    _updatedOn: conversation.updatedOn,
    _updatedBy: `session:${conversation.updatedBy}`,
    ...(latestSentEventId !== undefined && { latestSentEventId }),
  };
};

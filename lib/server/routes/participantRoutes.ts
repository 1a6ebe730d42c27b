import * as t from 'io-ts';
import { enter, expectPrivilege } from '../chat/access.js';
import { addParticipant, removeParticipant } from '../chat/participants.js';
import { Refusal } from '../Refusal.js';
import type { AuthorisedCall, Route } from '../http/Route.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';
import { Id } from './Id.js';

const Arrivals = t.readonlyArray(t.intersection([t.type({ id: Id }), t.partial({ role: t.string })]));
const path = '/conversations/:conversationId/participants';

/** Who is in a conversation. */
export const participantRoutes = (space: Space): readonly Route[] => {
  const asked = ({ param, session }: AuthorisedCall): Conversation =>
    enter(space, param('conversationId'), session.profileId);

  return [
    {
      method: 'GET',
      path,
      answer: (call) => ({
        status: 200,
        json: [...asked(call).participants].map(([id, role]) => ({ id, role })),
      }),
    },
    {
      method: 'POST',
      path,
      answer: async (call) => {
        const arrivals = await call.json(Arrivals);
        const conversation = asked(call);
        const { profileId: by } = call.session;
        expectPrivilege(conversation, by, 'canAddParticipants');
        for (const { id: profileId, role = 'participant' } of arrivals) {
          addParticipant(space, conversation, { profileId, role, by });
        }
        return { status: 201, json: arrivals };
      },
    },
    {
      method: 'DELETE',
      path,
      answer: (call) => {
        const ids = call.query.getAll('id');
        if (ids.length === 0) throw new Refusal(400, 'The query has to name a participant.');
        const conversation = asked(call);
        const { profileId: by } = call.session;
        // Everybody may leave.
        if (ids.some((id) => id !== by)) expectPrivilege(conversation, by, 'canRemoveParticipants');
        ids.forEach((profileId) => removeParticipant(space, conversation, { profileId, by }));
        return { status: 204 };
      },
    },
  ];
};

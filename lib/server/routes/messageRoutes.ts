import * as t from 'io-ts';
import { enter, expectPrivilege } from '../chat/access.js';
import { expectMessage, sendMessage, setStatus } from '../chat/messages.js';
import { countFrom } from '../http/countFrom.js';
import type { AuthorisedCall, Route } from '../http/Route.js';
import { eventsPage } from '../log/eventsPage.js';
import { MessageContent } from '../log/LoggedEvent.js';
import { messagesPage } from '../log/messagesPage.js';
import type { Space } from '../Space.js';
import type { Conversation } from '../state/SpaceState.js';

const StatusUpdates = t.readonlyArray(
  t.intersection([
    t.type({
      messageIds: t.readonlyArray(t.string),
      status: t.union([t.literal('delivered'), t.literal('read')]),
    }),
    t.partial({ timestamp: t.string }),
  ]),
);

/** How many entries a page holds when its request does not say. */
const usualLimit = 100;

/** The log of a conversation: what is added to it, and its pages in both directions. */
export const messageRoutes = (space: Space): readonly Route[] => {
  const asked = ({ param, session }: AuthorisedCall): Conversation =>
    enter(space, param('conversationId'), session.profileId);

  return [
    {
      method: 'POST',
      path: '/conversations/:conversationId/messages',
      answer: async (call) => {
        const content = await call.json(MessageContent);
        const conversation = asked(call);
        const { profileId: from } = call.session;
        expectPrivilege(conversation, from, 'canSend');
        const { messageId: id, conversationEventId: eventId } = sendMessage(space, conversation, {
          from,
          content,
        });
        return { status: 200, json: { id, eventId } };
      },
    },
    {
      method: 'GET',
      path: '/conversations/:conversationId/messages',
      answer: (call) => {
        const from = countFrom(call.query, 'from', 0);
        const limit = countFrom(call.query, 'limit', 1) ?? usualLimit;
        return { status: 200, json: messagesPage(space, asked(call), { from, limit }) };
      },
    },
    {
      method: 'GET',
      path: '/conversations/:conversationId/events',
      answer: (call) => {
        const from = countFrom(call.query, 'from', 0) ?? 0;
        const limit = countFrom(call.query, 'limit', 1) ?? usualLimit;
        return { status: 200, json: eventsPage(space, asked(call), { from, limit }) };
      },
    },
    {
      method: 'POST',
      path: '/conversations/:conversationId/messages/statusupdates',
      answer: async (call) => {
        const updates = await call.json(StatusUpdates);
        const conversation = asked(call);
        const { profileId } = call.session;
        // All or nothing: a list that is refused leaves no trace in the log.
        updates.forEach(({ messageIds }) => messageIds.forEach((id) => expectMessage(conversation, id)));
        for (const { messageIds, status, timestamp } of updates) {
          messageIds.forEach((messageId) =>
            setStatus(space, conversation, { messageId, profileId, status, timestamp }),
          );
        }
        return { status: 200, text: 'OK' };
      },
    },
  ];
};

import { randomUUID } from 'node:crypto';
import {
  createConversation,
  deleteConversation,
  everyPrivilege,
  existing,
  undeleteConversation,
} from './chat/conversations.js';
import { deleteMessage, sendMessage, setStatus } from './chat/messages.js';
import { addParticipant, removeParticipant } from './chat/participants.js';
import { setProfile } from './chat/setProfile.js';
import { setTyping } from './chat/setTyping.js';
import type { LocalServer } from './LocalServer.js';
import { typedEvents } from './log/typedEvents.js';
import { Refusal } from './Refusal.js';
import type { Space } from './Space.js';

type ChatControls = Pick<
  LocalServer,
  | 'createConversation'
  | 'deleteConversation'
  | 'undeleteConversation'
  | 'addParticipant'
  | 'removeParticipant'
  | 'publish'
  | 'setStatus'
  | 'deleteMessage'
  | 'setTyping'
  | 'updateProfile'
  | 'events'
>;

/** What happens by the server's own hand is done by this. */
const by = 'system:server';

/** Lets a program do what people do over REST, without asking what they may. */
export const chatControls = (space: Space): ChatControls => ({
  createConversation: ({ id = randomUUID(), name, isPublic = false, participants }) =>
    orRangeError(() => {
      const [owner = by] = participants;
      createConversation(space, {
        id: expectId(id, 'conversation'),
        details: { ...(name !== undefined && { name }), roles: everyPrivilege, isPublic },
        by: owner,
        participants: participants.map((profileId) => ({
          id: expectId(profileId, 'profile'),
          role: profileId === owner ? 'owner' : 'participant',
        })),
      });
      return id;
    }),
  deleteConversation: (id) => orRangeError(() => deleteConversation(space, existing(space, id), by)),
  undeleteConversation: (id) => orRangeError(() => undeleteConversation(space, id, by)),
  addParticipant: (id, profileId, role = 'participant') =>
    orRangeError(() => {
      expectId(profileId, 'profile');
      addParticipant(space, existing(space, id), { profileId, role, by });
    }),
  removeParticipant: (id, profileId) =>
    orRangeError(() => removeParticipant(space, existing(space, id), { profileId, by })),
  publish: (id, { from, text, parts = [textPart(text ?? '')], metadata }) =>
    orRangeError(() => {
      const content = { parts, ...(metadata !== undefined && { metadata }) };
      return sendMessage(space, existing(space, id), { from: expectId(from, 'profile'), content });
    }),
  setStatus: (id, messageId, profileId, status) =>
    orRangeError(() => setStatus(space, existing(space, id), { messageId, profileId, status })),
  deleteMessage: (id, messageId) =>
    orRangeError(() => deleteMessage(space, existing(space, id), { messageId, by })),
  setTyping: (id, profileId, typing) =>
    orRangeError(() => setTyping(space, existing(space, id), { profileId, typing })),
  updateProfile: (profileId, fields) => {
    setProfile(space, { profileId: expectId(profileId, 'profile'), fields, by: profileId });
  },
  // The truth outlives the conversation: a deleted one has its log still.
  events: (id) => orRangeError(() => typedEvents(space.state.conversations.get(id) ?? existing(space, id))),
});

const textPart = (text: string): { name: string; type: string; data: string; size: number } => ({
  name: 'body',
  type: 'text/plain',
  data: text,
  size: Buffer.byteLength(text),
});

const expectId = (id: string, what: string): string => {
  if (typeof id === 'string' && id !== '') return id;
  throw new TypeError(`The id of a ${what} has to be a string that is not empty.`);
};

/** What is a refusal over HTTP is a mistake of the caller here. */
const orRangeError = <A>(act: () => A): A => {
  try {
    return act();
  } catch (error) {
    throw error instanceof Refusal ? new RangeError(error.message) : error;
  }
};

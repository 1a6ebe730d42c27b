import { conversationDeletedSample } from './event/conversationDeleted.js';
import { conversationMessageSentSample } from './event/conversationMessageSent.js';
import { conversationUndeletedSample } from './event/conversationUndeleted.js';
import { conversationUpdatedSample } from './event/conversationUpdated.js';
import { participantAddedSample } from './event/participantAdded.js';
import { participantRemovedSample } from './event/participantRemoved.js';
import { participantTypingSample } from './event/participantTyping.js';
import { participantTypingOffSample } from './event/participantTypingOff.js';
import { profileUpdatedSample } from './event/profileUpdated.js';
import type { EventMap } from './EventMap.js';
import type { Sample } from './Sample.js';

export type Samples = { readonly [K in keyof EventMap]: Sample<EventMap[K]> };

/**
 * One frame of each event, as a server could send it, with the payload it decodes to: for tests.
 *
 * Of message events it is the sent one. The table of events does not know them, so that no application ships them.
 *
 * @example
 * ```ts
 * import { decodeFrame } from 'comapi-rx';
 * import { samples } from 'comapi-rx/testing';
 * import { isRight } from 'fp-ts/lib/Either.js';
 *
 * const { frame, payload } = samples.participantAdded;
 * const event = decodeFrame(JSON.stringify(frame));
 *
 * assert(isRight(event) && 'type' in event.right);
 * assert.deepEqual(event.right.payload, payload);
 * ```
 */
export const samples: Samples = {
  conversationDeleted: conversationDeletedSample,
  conversationUndeleted: conversationUndeletedSample,
  conversationUpdated: conversationUpdatedSample,
  participantAdded: participantAddedSample,
  participantRemoved: participantRemovedSample,
  participantTyping: participantTypingSample,
  participantTypingOff: participantTypingOffSample,
  profileUpdated: profileUpdatedSample,
  conversationMessageEvent: conversationMessageSentSample,
};

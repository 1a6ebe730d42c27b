import type { Http } from '../transport/Http.js';
import type { EventPageDecoderOptions } from '../wire/EventPage.js';
import { addParticipants } from './addParticipants.js';
import { createConversation } from './createConversation.js';
import { deleteConversation } from './deleteConversation.js';
import { getConversation } from './getConversation.js';
import { getProfile } from './getProfile.js';
import { getSession } from './getSession.js';
import { listConversations } from './listConversations.js';
import { listEvents } from './listEvents.js';
import { listMessages } from './listMessages.js';
import { listParticipants } from './listParticipants.js';
import { patchProfile } from './patchProfile.js';
import { queryProfiles } from './queryProfiles.js';
import { registerPush } from './registerPush.js';
import { removeParticipants } from './removeParticipants.js';
import { removePush } from './removePush.js';
import type { Rest } from './Rest.js';
import { sendMessage } from './sendMessage.js';
import { startTyping } from './startTyping.js';
import { stopTyping } from './stopTyping.js';
import { updateConversation } from './updateConversation.js';
import { updateProfile } from './updateProfile.js';
import { updateStatuses } from './updateStatuses.js';
import { uploadContent } from './uploadContent.js';
import type { UsableItemsOptions } from './usableItems.js';

export interface EndpointsOptions extends EventPageDecoderOptions, UsableItemsOptions {}

/**
 * All endpoints on one {@link Http}.
 *
 * @param options `now`: the clock for what is received and for status updates, default `Date.now`; `aliases`:
 * other words for the names of events in pages; `report`: told of items of lists that are left out.
 */
export const endpoints = (http: Http, options: EndpointsOptions = { now: Date.now }): Rest => ({
  listConversations: listConversations(http, options),
  createConversation: createConversation(http),
  getConversation: getConversation(http),
  updateConversation: updateConversation(http),
  deleteConversation: deleteConversation(http),
  listParticipants: listParticipants(http, options),
  addParticipants: addParticipants(http),
  removeParticipants: removeParticipants(http),
  startTyping: startTyping(http),
  stopTyping: stopTyping(http),
  sendMessage: sendMessage(http),
  updateStatuses: updateStatuses(http, options),
  listMessages: listMessages(http),
  listEvents: listEvents(http, options),
  getProfile: getProfile(http),
  queryProfiles: queryProfiles(http),
  updateProfile: updateProfile(http),
  patchProfile: patchProfile(http),
  uploadContent: uploadContent(http),
  getSession: getSession(http),
  registerPush: registerPush(http),
  removePush: removePush(http),
});

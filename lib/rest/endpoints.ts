import type { Http } from '../transport/Http.js';
import type { EventPageDecoderOptions } from '../wire/EventPage.js';
import { conversationEndpoints } from './conversationEndpoints.js';
import { messageEndpoints } from './messageEndpoints.js';
import { participantEndpoints } from './participantEndpoints.js';
import { profileEndpoints } from './profileEndpoints.js';
import type { Rest } from './Rest.js';
import { sessionEndpoints } from './sessionEndpoints.js';
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
  ...conversationEndpoints(http, options),
  ...participantEndpoints(http, options),
  ...messageEndpoints(http, options),
  ...profileEndpoints(http),
  uploadContent: uploadContent(http),
  ...sessionEndpoints(http),
});

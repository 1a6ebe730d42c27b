import { defer, map } from 'rxjs';
import * as E from '#fp-ts/Either';
import {
  check,
  IDS,
  type Kind,
  listOfKind,
  OBJECT,
  objectWith,
  oneOf,
  required,
  STRING,
} from '../fault/checkKinds.js';
import { present } from '../stream/present.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { invalidResponse } from '../transport/invalidResponse.js';
import type { EventPageDecoderOptions } from '../wire/EventPage.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { decodeMessagePage } from '../wire/MessagePage.js';
import { objectOf } from '../wire/objectOf.js';
import { Position } from '../wire/Position.js';
import { messageBody } from './messageBody.js';
import type { SentMessage } from './NewMessage.js';
import { noAnswer } from './noAnswer.js';
import { pageQuery } from './pageQuery.js';
import { readEvents } from './readEvents.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';
import { NEW_MESSAGE } from './sendable.js';

/** The endpoints of messages, and of what becomes of them. */
export const messageEndpoints = (
  http: Http,
  options: EventPageDecoderOptions,
): Pick<Rest, 'sendMessage' | 'updateStatuses' | 'listMessages' | 'listEvents'> => {
  const read = readEvents(http, options);

  return {
    sendMessage: (conversationId, message) => {
      check(required(NEW_MESSAGE), { message });
      const request = requestTo`POST /conversations/${conversationId}/messages`;
      return http({ ...request, body: messageBody(message) }).pipe(
        map(decodedBy(SentAnswer, request)),
        map(({ id, eventId }): SentMessage => ({ id, ...present({ eventId }) })),
      );
    },
    updateStatuses: (conversationId, updates) => {
      check(UPDATES, { updates });
      const request = requestTo`POST /conversations/${conversationId}/messages/statusupdates`;
      return defer(() => {
        // An update without a timestamp is sent with the time of the request.
        const now = new Date(options.now()).toISOString();
        const body = updates.map(({ messageIds, status, timestamp = now }) => ({
          messageIds,
          status,
          timestamp,
        }));
        return http({ ...request, body });
      }).pipe(noAnswer());
    },
    listMessages: (conversationId, range = {}) => {
      check(OBJECT, { options: range });
      const request = requestTo`GET /conversations/${conversationId}/messages`;
      return http({ ...request, query: pageQuery(range) }).pipe(
        map(({ body, status }) => {
          const page = decodeMessagePage(body);
          if (E.isLeft(page)) throw invalidResponse({ ...request, status }, page.left);
          return page.right;
        }),
      );
    },
    listEvents: (conversationId, range) => {
      check(FROM, { options: range });
      return read(conversationId, range).pipe(map(({ page }) => page));
    },
  };
};

const SentAnswer = objectOf({ id: Id }, { eventId: maybe(Position) }, 'SentAnswer');

const UPDATES = required(
  listOfKind(
    objectWith({
      messageIds: required(IDS),
      status: required(oneOf('delivered', 'read')),
      timestamp: STRING,
    }),
  ),
);

/** Whether it is a position is looked at where the query is made. */
const BEGINNING: Kind = { name: 'the id to begin from', fits: () => true };

const FROM = required(objectWith({ from: required(BEGINNING) }));

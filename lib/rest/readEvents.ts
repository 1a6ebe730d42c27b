import { map, type Observable } from 'rxjs';
import * as E from '#fp-ts/Either';
import { present } from '../stream/present.js';
import type { Http } from '../transport/Http.js';
import { invalidResponse } from '../transport/invalidResponse.js';
import { type DecodedEventPage, eventPageDecoder, type EventPageDecoderOptions } from '../wire/EventPage.js';
import { pageQuery, type PageRange } from './pageQuery.js';
import { requestTo } from './requestTo.js';

/** A page of events with what is not for everybody: what could not be decoded, and when the server answered. */
export interface EventPageRead extends DecodedEventPage {
  /** The server's clock, in ms since 1970; absent where it cannot be read. */
  readonly servedAt?: number;
}

/** Reads pages for whoever also reports what had to be skipped. */
export const readEvents = (http: Http, options: EventPageDecoderOptions) => {
  const decode = eventPageDecoder(options);

  return (
    conversationId: string,
    range: PageRange & { readonly from: number },
  ): Observable<EventPageRead> => {
    const request = requestTo`GET /conversations/${conversationId}/events`;
    return http({ ...request, query: pageQuery(range) }).pipe(
      map(({ body, status, servedAt }) => {
        const read = decode(body, conversationId);
        if (E.isLeft(read)) throw invalidResponse({ ...request, status }, read.left);
        return { ...read.right, ...present({ servedAt }) };
      }),
    );
  };
};

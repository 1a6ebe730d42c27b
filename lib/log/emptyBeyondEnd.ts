import { catchError, map, type Observable, of } from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { isPosition } from '../history/Placed.js';
import type { EventPageRead } from '../rest/readEvents.js';
import type { Rest } from '../rest/Rest.js';

export interface EmptyBeyondEndParts {
  readonly readEvents: (
    conversationId: string,
    range: { readonly from: number; readonly limit: number },
  ) => Observable<EventPageRead>;
  readonly listMessages: Rest['listMessages'];
}

/** A page that was refused, or not. */
export interface PageUpToEnd extends EventPageRead {
  /** Where the log ends, if it was refused because that is below; -1 where the server did not say where. */
  readonly endsAt?: number;
}

/**
 * Reads pages of events. A server may refuse what lies beyond the end of a log: then the page is empty.
 *
 * A 416 or a 400 may also have other reasons, so it is passed on unless the newest page says that the log ends before.
 */
export const emptyBeyondEnd =
  ({ readEvents, listMessages }: EmptyBeyondEndParts) =>
  (...[conversationId, range]: Parameters<typeof readEvents>): Observable<PageUpToEnd> => {
    // After the last number that a position can be, there is nothing to ask for.
    if (!isPosition(range.from)) return of(emptyPage(-1));
    return readEvents(conversationId, range).pipe(
      catchError((error: unknown) => {
        const { status } = faultOf(error);
        if (status !== 416 && status !== 400) throw error;
        return listMessages(conversationId, { limit: 1 }).pipe(
          map(({ latestEventId = -1 }) => {
            if (latestEventId >= range.from) throw error;
            return emptyPage(latestEventId);
          }),
        );
      }),
    );
  };

const emptyPage = (endsAt: number): PageUpToEnd => ({
  page: { events: [], others: [] },
  skipped: [],
  placeless: 0,
  endsAt,
});

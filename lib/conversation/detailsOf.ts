import { concatMap, distinctUntilChanged, map, type Observable } from 'rxjs';
import type { ConversationUpdatedEventData } from '../wire/event/conversationUpdated.js';
import type { ConversationDetails } from '../rest/ConversationDetails.js';
import {
  detailsAfter,
  detailsIn,
  detailsRead,
  isSameDetails,
  leavesOpen,
  NO_DETAILS,
} from '../projection/detailsRecord.js';
import { type KeepingParts, type Kept, keptByEvents } from './keptByEvents.js';

type Ends = Pick<
  Kept<unknown, ConversationUpdatedEventData, ConversationDetails>,
  'events$' | 'over$' | 'read'
>;

/** What a conversation is called and allows: once it is known, then each time it changes. */
export const detailsOf = (source: Ends, parts: KeepingParts): Observable<ConversationDetails> =>
  keptByEvents(
    {
      ...source,
      initial: NO_DETAILS,
      afterReading: detailsRead,
      afterEvent: detailsAfter,
      asksForReading: leavesOpen,
    },
    parts,
  ).pipe(
    map(detailsIn),
    concatMap((details) => (details === undefined ? [] : [details])),
    distinctUntilChanged(isSameDetails),
  );

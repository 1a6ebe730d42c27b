import { distinctUntilChanged, filter, map, type Observable } from 'rxjs';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { Participant } from '../rest/Participant.js';
import { isSamePeople, NO_ROSTER, peopleIn, rosterAfter, rosterRead } from '../projection/roster.js';
import { type KeepingParts, type Kept, keptByEvents } from './keptByEvents.js';

type Ends = Pick<
  Kept<unknown, ComapiEvent | UnknownEvent, readonly Participant[]>,
  'events$' | 'over$' | 'read'
>;

/** Who takes part in a conversation: once it is known, then each time it changes. */
export const participantsOf = (source: Ends, parts: KeepingParts): Observable<readonly Participant[]> =>
  keptByEvents(
    { ...source, initial: NO_ROSTER, afterReading: rosterRead, afterEvent: rosterAfter },
    parts,
  ).pipe(
    filter(({ read }) => read !== undefined),
    distinctUntilChanged(),
    map(peopleIn),
    distinctUntilChanged(isSamePeople),
  );

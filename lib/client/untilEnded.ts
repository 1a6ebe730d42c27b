import { defer, filter, map, merge, type Observable, take, throwError } from 'rxjs';
import { clientClosed } from '../fault/clientClosed.js';
import { outside, type Zone } from '../stream/Zone.js';
import type { Http } from '../transport/Http.js';

export interface UntilEndedParts {
  readonly http: Http;
  /** Emits when what runs has to end. */
  readonly ended$: Observable<void>;
  /** Whether the client is closed for good. */
  readonly isClosed: () => boolean;
  readonly zone: Zone;
}

/**
 * Makes an {@link Http} that lives as long as its client, and outside the zone: what is under way when the
 * client is closed, and what is asked later, errors with `'closed'`.
 */
export const untilEnded = ({ http, ended$, isClosed, zone }: UntilEndedParts): Http => {
  const closed$ = ended$.pipe(
    filter(isClosed),
    map(() => {
      throw clientClosed();
    }),
  );
  return (request) =>
    defer(() => (isClosed() ? throwError(clientClosed) : merge(closed$, http(request)).pipe(take(1)))).pipe(
      outside(zone),
    );
};

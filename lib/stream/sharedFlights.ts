import { defer, type Observable, share, tap } from 'rxjs';

/** Joins the request with this key that is under way, or makes it. */
export type SharedFlights<A> = (key: string, request: () => Observable<A>) => Observable<A>;

/**
 * Lets all who want the same answer at the same time share one request.
 *
 *     request:  --------a|
 *     first:    ^-------a|
 *     later:        ^---a|
 *
 * Nothing is replayed: who comes after the answer asks anew, even in answer to it. The request is let go with the last
 * who waits.
 */
export const sharedFlights = <A>(): SharedFlights<A> => {
  const flights = new Map<string, Observable<A>>();

  const takeOff = (key: string, request: () => Observable<A>): Observable<A> => {
    const land = (): void => {
      if (flights.get(key) === flight$) flights.delete(key);
    };
    const flight$ = flightOf(request(), land);
    flights.set(key, flight$);
    return flight$;
  };

  return (key, request) => defer(() => flights.get(key) ?? takeOff(key, request));
};

/**
 * One request for all who subscribe while it is under way.
 *
 * @param land Called before anybody is told of the answer, and when the last one has left: who asks again in answer
 * to it must not join what has come already.
 */
export const flightOf = <A>(request$: Observable<A>, land: () => void): Observable<A> =>
  request$.pipe(tap({ next: land, error: land, finalize: land }), share());

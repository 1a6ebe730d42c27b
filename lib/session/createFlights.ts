import { defer, type Observable } from 'rxjs';
import { flightOf } from '../stream/sharedFlights.js';

/** Work that is under way, for whoever else wants its result. */
export interface Flights<A> {
  /** Starts the work on the first subscription; those who come while it runs join it, the last who leaves ends it. */
  launch(work$: Observable<A>): Observable<A>;
  /** What is under way now. */
  underWay(): Observable<A> | undefined;
}

/** Keeps what is under way, so that work whose result is for all is done once. */
export const createFlights = <A>(): Flights<A> => {
  const flights = new Set<Observable<A>>();

  return {
    launch: (work$) =>
      defer(() => {
        const flight$ = flightOf(work$, () => {
          flights.delete(flight$);
        });
        flights.add(flight$);
        return flight$;
      }),
    underWay: () => flights.values().next().value,
  };
};

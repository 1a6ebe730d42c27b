import { defer, finalize, type Observable, share, tap } from 'rxjs';

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
        const land = (): unknown => flights.delete(flight$);
        const flight$: Observable<A> = work$.pipe(
          // Landed before anybody hears of it: who asks for more from there must not join this one.
          tap({ next: land, error: land }),
          finalize(land),
          share(),
        );
        flights.add(flight$);
        return flight$;
      }),
    underWay: () => flights.values().next().value,
  };
};

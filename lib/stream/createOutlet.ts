import type { Observable } from 'rxjs';
import { routeBy } from './routeBy.js';

/** A way out that can end and be used again, unlike a `Subject`, which stays dead. */
export interface Outlet<A> {
  readonly values$: Observable<A>;
  next(value: A): void;
  /** Everybody who is subscribed now, as one: who comes later is not told. */
  audience(): (value: A) => void;
  /** Ends whoever is subscribed now; later subscribers start anew. */
  error(error: unknown): void;
  complete(): void;
}

/** Creates an outlet that nobody is subscribed to. It replays nothing. */
export const createOutlet = <A>(): Outlet<A> => {
  const { to, next, audience, error, complete } = routeBy<undefined, A>();
  return {
    values$: to(undefined),
    next: (value) => {
      next(undefined, value);
    },
    audience: () => audience(undefined),
    error,
    complete,
  };
};

import { noop, Observable, type Subscriber } from 'rxjs';
import { type Dismissed, dismissed, NO_DEMAND, type OutletDemand } from './createOutlet.js';

/** One way in, and a way out for each key. */
export interface Routes<K, A> {
  /** Values for this key from now on. The same key gives a new view of the same route. */
  to(key: K): Observable<A>;
  next(key: K, value: A): void;
  /** Everybody who is on the route of this key now, as one: who comes later is not told. */
  audience(key: K): (value: A) => void;
  /** Takes off whoever is subscribed now, to be told the end; later subscribers start anew. */
  dismiss(): Dismissed;
  /** How many keys somebody is subscribed to. */
  readonly size: number;
}

/**
 * Creates routes that are looked up by key: a value costs one look-up and its own subscribers, however many
 * other keys there are. A `filter` per subscriber would cost all of them.
 *
 * Whoever subscribes while a value is being handed out gets the next one first; whoever leaves gets nothing more.
 *
 * @param demand Told when the first subscriber of all has come, and when the last of all has left.
 */
export const routeBy = <K, A>({ wanted, unwanted }: OutletDemand = NO_DEMAND): Routes<K, A> => {
  // Never changed in place: a list that is being walked stays as it is.
  const routes = new Map<K, readonly Subscriber<A>[]>();

  const leave = (key: K, subscriber: Subscriber<A>): void => {
    const rest = (routes.get(key) ?? []).filter((other) => other !== subscriber);
    if (rest.length > 0) routes.set(key, rest);
    else if (routes.delete(key) && routes.size === 0) unwanted();
  };

  const audience = (key: K): ((value: A) => void) => {
    const subscribers = routes.get(key);
    if (subscribers === undefined) return noop;
    return (value) => {
      for (const subscriber of subscribers) subscriber.next(value);
    };
  };

  return {
    to: (key) =>
      new Observable((subscriber) => {
        routes.set(key, [...(routes.get(key) ?? []), subscriber]);
        subscriber.add(() => {
          leave(key, subscriber);
        });
        if (routes.size === 1 && routes.get(key)?.length === 1) wanted();
      }),
    next: (key, value) => {
      for (const subscriber of routes.get(key) ?? []) subscriber.next(value);
    },
    audience,
    dismiss: () => {
      const all = [...routes.values()].flat();
      routes.clear();
      return dismissed(all);
    },
    get size() {
      return routes.size;
    },
  };
};

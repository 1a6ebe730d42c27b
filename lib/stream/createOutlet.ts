import { noop, Observable, type Subscriber } from 'rxjs';
import { type Audience, joined, left, NOBODY, tellAll } from './audience.js';

/** Those who were subscribed: all that they are still told is the end. */
export interface Dismissed {
  error(error: unknown): void;
  complete(): void;
}

export const dismissed = (subscribers: Audience<never>): Dismissed => ({
  error: (error) => {
    for (const subscriber of subscribers) subscriber.error(error);
  },
  complete: () => {
    for (const subscriber of subscribers) subscriber.complete();
  },
});

/** A way out that can end and be used again, unlike a `Subject`, which stays dead. */
export interface Outlet<A> {
  readonly values$: Observable<A>;
  next(value: A): void;
  /** Everybody who is subscribed now, as one: who comes later is not told. */
  audience(): (value: A) => void;
  /** Takes off whoever is subscribed now, to be told the end; later subscribers start anew. */
  dismiss(): Dismissed;
}

/** What goes with there being an audience. Neither is told of an end, which whoever brings it about knows. */
export interface OutletDemand {
  /** The first one has come, and is there already. */
  readonly wanted: () => void;
  /** The last one has left. */
  readonly unwanted: () => void;
}

export const NO_DEMAND: OutletDemand = { wanted: noop, unwanted: noop };

/**
 * Creates an outlet that nobody is subscribed to. It replays nothing.
 *
 * A value costs a call for each subscriber and nothing else. Whoever subscribes while one is being handed out
 * gets the next one first; whoever leaves gets nothing more.
 */
export const createOutlet = <A>({ wanted, unwanted } = NO_DEMAND): Outlet<A> => {
  let subscribers: Audience<A> = NOBODY;

  const leave = (subscriber: Subscriber<A>): void => {
    const rest = left(subscribers, subscriber);
    if (rest === subscribers) return;
    subscribers = rest;
    if (rest === NOBODY) unwanted();
  };

  return {
    values$: new Observable((subscriber) => {
      subscribers = joined(subscribers, subscriber);
      subscriber.add(() => {
        leave(subscriber);
      });
      if (subscribers.length === 1) wanted();
    }),
    next: (value) => {
      tellAll(subscribers, value);
    },
    audience: () => {
      const audience = subscribers;
      if (audience === NOBODY) return noop;
      return (value) => {
        tellAll(audience, value);
      };
    },
    dismiss: () => {
      const all = subscribers;
      subscribers = NOBODY;
      return dismissed(all);
    },
  };
};

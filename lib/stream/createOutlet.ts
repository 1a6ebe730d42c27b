import { Observable, type Subscriber } from 'rxjs';

/** Those who were subscribed: all that they are still told is the end. */
export interface Dismissed {
  error(error: unknown): void;
  complete(): void;
}

export const dismissed = (subscribers: readonly Subscriber<never>[]): Dismissed => ({
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

export const NO_DEMAND: OutletDemand = { wanted: () => undefined, unwanted: () => undefined };

/**
 * Creates an outlet that nobody is subscribed to. It replays nothing.
 *
 * A value costs a call for each subscriber and nothing else. Whoever subscribes while one is being handed out
 * gets the next one first; whoever leaves gets nothing more.
 */
export const createOutlet = <A>({ wanted, unwanted } = NO_DEMAND): Outlet<A> => {
  // Never changed in place: a list that is being walked stays as it is.
  let subscribers: readonly Subscriber<A>[] = [];

  const leave = (subscriber: Subscriber<A>): void => {
    if (!subscribers.includes(subscriber)) return;
    subscribers = subscribers.filter((other) => other !== subscriber);
    if (subscribers.length === 0) unwanted();
  };

  return {
    values$: new Observable((subscriber) => {
      subscribers = [...subscribers, subscriber];
      subscriber.add(() => {
        leave(subscriber);
      });
      if (subscribers.length === 1) wanted();
    }),
    next: (value) => {
      for (const subscriber of subscribers) subscriber.next(value);
    },
    audience: () => {
      const audience = subscribers;
      if (audience.length === 0) return nobody;
      return (value) => {
        for (const subscriber of audience) subscriber.next(value);
      };
    },
    dismiss: () => {
      const all = subscribers;
      subscribers = [];
      return dismissed(all);
    },
  };
};

const nobody = (): void => undefined;

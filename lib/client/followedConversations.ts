import { BehaviorSubject, distinctUntilChanged, Observable } from 'rxjs';

/** Which conversations a client follows at the moment, in the order in which they came. */
export interface FollowedConversations {
  readonly count: number;
  /** The present count on subscription, then each other one. */
  readonly count$: Observable<number>;
  /** Whether it is one of those that came first. */
  isAmongFirst(conversationId: string, count: number): boolean;
  /** A number of its own for as long as it is followed; those who come one after another have consecutive ones. */
  numberOf(conversationId: string): number | undefined;
  /** The same stream; while it is subscribed to, the conversation counts as followed. */
  during<A>(conversationId: string, source$: Observable<A>): Observable<A>;
}

interface Followed {
  readonly number: number;
  runs: number;
}

/** Creates an empty register. Several runs through one conversation count once. */
export const followedConversations = (): FollowedConversations => {
  const register = new Map<string, Followed>();
  const count = new BehaviorSubject(0);
  let numbers = 0;

  const enter = (id: string): Followed => {
    const entered = { number: numbers++, runs: 0 };
    register.set(id, entered);
    return entered;
  };

  const join = (id: string): void => {
    const followed = register.get(id) ?? enter(id);
    followed.runs += 1;
    count.next(register.size);
  };

  const leave = (id: string): void => {
    const followed = register.get(id);
    if (followed === undefined) return;
    followed.runs -= 1;
    if (followed.runs === 0) register.delete(id);
    count.next(register.size);
  };

  return {
    get count() {
      return register.size;
    },
    count$: count.pipe(distinctUntilChanged()),
    isAmongFirst: (id, first) => {
      let seen = 0;
      for (const followed of register.keys()) {
        if (seen >= first) return false;
        if (followed === id) return true;
        seen += 1;
      }
      return false;
    },
    numberOf: (id) => register.get(id)?.number,
    during: (id, source$) =>
      new Observable((subscriber) => {
        join(id);
        subscriber.add(() => {
          leave(id);
        });
        source$.subscribe(subscriber);
      }),
  };
};

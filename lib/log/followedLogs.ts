import { BehaviorSubject, distinctUntilChanged, type Observable } from 'rxjs';

/** Which conversations a client follows at the moment, in the order in which they came, and by which logs. */
export interface FollowedLogs<F> {
  /** How many conversations there are. */
  readonly count: number;
  /** The present count on subscription, then each other one. */
  readonly count$: Observable<number>;
  enter(follower: F): void;
  leave(follower: F): void;
  /** Those of one conversation as they are now: the list stays as it is. */
  of(conversationId: string): readonly F[];
  all(): readonly F[];
  /** Whether it is one of those that came first. */
  isAmongFirst(conversationId: string, count: number): boolean;
  /** A number of its own for as long as it is followed; those who come one after another have consecutive ones. */
  numberOf(conversationId: string): number | undefined;
}

interface Followed<F> {
  readonly number: number;
  followers: readonly F[];
}

const NOBODY: readonly never[] = [];

/** Creates an empty register. Several runs through one conversation count once. */
export const followedLogs = <F extends { readonly conversationId: string }>(): FollowedLogs<F> => {
  const register = new Map<string, Followed<F>>();
  const count = new BehaviorSubject(0);
  let numbers = 0;

  const added = (id: string): Followed<F> => {
    const followed: Followed<F> = { number: numbers++, followers: NOBODY };
    register.set(id, followed);
    return followed;
  };

  return {
    get count() {
      return register.size;
    },
    count$: count.pipe(distinctUntilChanged()),
    enter: (follower) => {
      const { conversationId: id } = follower;
      const followed = register.get(id) ?? added(id);
      followed.followers = followed.followers.length === 0 ? [follower] : [...followed.followers, follower];
      count.next(register.size);
    },
    leave: (follower) => {
      const { conversationId: id } = follower;
      const followed = register.get(id);
      if (followed === undefined) return;
      followed.followers = followed.followers.filter((other) => other !== follower);
      if (followed.followers.length === 0) register.delete(id);
      count.next(register.size);
    },
    of: (id) => register.get(id)?.followers ?? NOBODY,
    all: () => [...register.values()].flatMap(({ followers }) => followers),
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
  };
};

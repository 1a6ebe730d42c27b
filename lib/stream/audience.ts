import type { Subscriber } from 'rxjs';

/**
 * Those who are subscribed. Never changed in place: a list that is being walked stays as it is, so whoever subscribes
 * while a value is being handed out gets the next one first; whoever leaves gets nothing more.
 */
export type Audience<A> = readonly Subscriber<A>[];

export const NOBODY: Audience<never> = [];

/** Those and one more. */
export const joined = <A>(audience: Audience<A>, subscriber: Subscriber<A>): Audience<A> =>
  audience.length === 0 ? [subscriber] : [...audience, subscriber];

/** Those without this one; the same list if it was not among them. */
export const left = <A>(audience: Audience<A>, subscriber: Subscriber<A>): Audience<A> => {
  if (!audience.includes(subscriber)) return audience;
  return audience.length === 1 ? NOBODY : audience.filter((other) => other !== subscriber);
};

export const tellAll = <A>(audience: Audience<A>, value: A): void => {
  // Most often there is one, and then there is nothing to walk.
  if (audience.length === 1) audience[0]?.next(value);
  else for (const subscriber of audience) subscriber.next(value);
};

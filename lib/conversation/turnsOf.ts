import type { Observable, Subscriber, Subscription } from 'rxjs';
import { trampoline } from '../stream/trampoline.js';
import type { Zone } from '../stream/Zone.js';

/** One thing after another, for as long as somebody is there. */
export interface Turns {
  /** Runs a task, now or after the one that runs. */
  take(task: () => void): void;
  /** Follows a stream, whose error is that of all. */
  on<A>(values$: Observable<A>, next: (value: A) => void, complete?: () => void): Subscription;
  /** All is over. */
  complete(): void;
  fail(error: unknown): void;
}

/**
 * Creates the turns of one subscriber: whatever happens goes through one trampoline, so what is asked for from inside
 * an emission comes after it.
 *
 * @param beforeEnd Called in the last turn, before the end is told.
 */
export const turnsOf = (subscriber: Subscriber<unknown>, zone: Zone, beforeEnd: () => void): Turns => {
  const inTrampoline = trampoline();

  const take = (task: () => void): void => {
    zone.runOutsideAngular(() => {
      inTrampoline(() => {
        if (!subscriber.closed) task();
      });
    });
  };

  const end = (tell: () => void): void => {
    take(() => {
      beforeEnd();
      tell();
    });
  };

  const fail = (error: unknown): void => {
    end(() => {
      subscriber.error(error);
    });
  };

  return {
    take,
    on: (values$, next, complete) =>
      values$.subscribe({
        next: (value) => {
          take(() => {
            next(value);
          });
        },
        error: fail,
        ...(complete && { complete }),
      }),
    complete: () => {
      end(() => {
        subscriber.complete();
      });
    },
    fail,
  };
};

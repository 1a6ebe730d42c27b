import { EMPTY, filter, map, type Observable, type SchedulerLike, Subject, switchMap, timer } from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { OwnMessages } from './ownMessages.js';

/** The suspicion that one line is dead. */
export interface Suspicion {
  /**
   * A message has been missed: one of mine, or of others. The first one begins the time that is given; one of
   * others weighs more.
   */
  suspect(whose: 'mine' | 'others'): void;
  /** Something came by the line. */
  acquit(): void;
  /** To be followed while the line is open: emits when it was suspected, and nothing has come in time. */
  readonly proven$: Observable<void>;
}

export interface SuspicionParts {
  readonly own: OwnMessages;
  /** How long anything at all may take to come, in ms. */
  readonly graceMs: number;
  readonly scheduler: SchedulerLike;
}

/** Creates the suspicion of a line that nobody suspects yet. */
export const suspicion = ({ own, graceMs, scheduler }: SuspicionParts): Suspicion => {
  const changes = new Subject<boolean>();
  let suspected: 'mine' | 'others' | undefined;

  return {
    suspect: (whose) => {
      if (whose === 'mine' && !own.comeBack) return;
      const isNew = suspected === undefined;
      suspected = suspected === 'others' ? suspected : whose;
      if (isNew) changes.next(true);
    },
    acquit: () => {
      if (suspected === undefined) return;
      if (suspected === 'mine') own.missedInVain();
      suspected = undefined;
      changes.next(false);
    },
    proven$: changes.pipe(
      switchMap((isSuspected) => (isSuspected ? timer(clampDelay(graceMs), scheduler) : EMPTY)),
      // When the process was busy, what the line brought may wait behind this timer: one look more.
      switchMap(() => timer(0, scheduler)),
      filter(() => suspected !== undefined),
      map(() => {
        if (suspected === 'mine') own.missedInVain();
      }),
    ),
  };
};

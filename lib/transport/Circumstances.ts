import { defer, filter, NEVER, type Observable, of, take } from 'rxjs';
import type { Fault } from '../fault/Fault.js';

/** The circumstances of a line: of the network, of the page, of the device. */
export interface Circumstances {
  /** Says that trying may be worth while now. Followed as long as the line is wanted; it does not emit at once. */
  readonly wake$: Observable<unknown>;
  /** The same, of a device that has slept; it takes a timer, so it is followed only where it could matter. */
  readonly jumps$: Observable<unknown>;
  /** The page is put away, as it is: what is open now would be found dead later. */
  readonly parked$: Observable<unknown>;
  /** Why an attempt would be in vain at the moment; known while `wake$` is followed. */
  readonly obstacle: () => Fault | undefined;
}

/** Where nothing is known of it. */
export const NO_CIRCUMSTANCES: Circumstances = {
  wake$: NEVER,
  jumps$: NEVER,
  parked$: NEVER,
  obstacle: () => undefined,
};

/** Emits once and completes: at once, or when there is no obstacle any more. */
export const untilPossible = ({
  wake$,
  obstacle,
}: Pick<Circumstances, 'wake$' | 'obstacle'>): Observable<unknown> =>
  defer(() =>
    obstacle() === undefined
      ? of(undefined)
      : wake$.pipe(
          filter(() => obstacle() === undefined),
          take(1),
        ),
  );

import { Subject } from 'rxjs';
import type { CursorStore } from './CursorStore.js';
import { committedTo, type Settled } from './committedTo.js';

/** Where positions go that have settled. */
export interface Committer {
  /**
   * Takes a position to be committed with the next batch. Resolves at once, unless so many wait that the store has
   * to catch up first; rejects when the store has failed.
   */
  settled(settled: Settled): Promise<void>;
  /** Rejects when the store fails. */
  readonly failed: Promise<never>;
  /** Resolves when all that has settled is durable. Nothing may settle afterwards. */
  finish(): Promise<void>;
}

/** So many events may have settled and not be durable: what a crash brings again at most, beside those in hand. */
const MOST_UNCOMMITTED = 1_000;

/** Creates the one writer of a store. */
export const createCommitter = (store: Pick<CursorStore, 'commit'>): Committer => {
  const positions = new Subject<Settled>();
  const waiting: (() => void)[] = [];
  let uncommitted = 0;
  let atWork = 0;
  let failure: { readonly error: unknown } | undefined;

  const counted = {
    // A promise of its own: a store that is done at once may return none.
    commit: async (batch: ReadonlyMap<string, number>): Promise<void> => {
      atWork = uncommitted;
      await store.commit(batch);
    },
  };
  const release = (): void => {
    for (const goOn of waiting.splice(0)) goOn();
  };
  const ended = new Promise<void>((resolve, reject) => {
    positions.pipe(committedTo(counted)).subscribe({
      next: () => {
        uncommitted -= atWork;
        atWork = 0;
        release();
      },
      error: (error: unknown) => {
        failure = { error };
        release();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- Passed on as it came.
        reject(error);
      },
      complete: resolve,
    });
  });
  const failed = ended.then(() => new Promise<never>(() => undefined));
  // Heard by whoever commits or finishes, and perhaps by nobody.
  failed.catch(() => undefined);

  const orThrow = (): void => {
    if (failure !== undefined) throw failure.error;
  };

  return {
    settled: async (settled) => {
      orThrow();
      uncommitted += 1;
      positions.next(settled);
      if (uncommitted < MOST_UNCOMMITTED) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      orThrow();
    },
    failed,
    finish: () => {
      positions.complete();
      return ended;
    },
  };
};

import { defer, map, type Observable, of, startWith, Subject } from 'rxjs';
import type { WorkerStats } from './WorkerRun.js';

/** The part of the numbers that is read off when somebody looks. */
export type Gauges = () => Pick<WorkerStats, 'lag' | 'conversations'>;

/** What counts along with a run. */
export interface RunStats {
  readonly stats$: Observable<WorkerStats>;
  /** How many events are being handled. */
  readonly inFlight: number;
  begin(): void;
  /** What became of an event that had begun; `'left'`: it is not settled, and counts as nothing. */
  end(outcome: 'handled' | 'retried' | 'deadLettered' | 'left'): void;
  /** A gauge shows something else. */
  changed(): void;
  complete(): void;
}

/** Creates numbers that start at zero. */
export const createRunStats = (gauges: Gauges): RunStats => {
  const changes = new Subject<void>();
  const counts = { handled: 0, retried: 0, deadLettered: 0, left: 0 };
  let inFlight = 0;
  let isOver = false;

  const snapshot = (): WorkerStats => {
    const { handled, retried, deadLettered } = counts;
    return { handled, retried, deadLettered, inFlight, ...gauges() };
  };
  const changed = (): void => {
    changes.next();
  };

  return {
    stats$: defer(() => (isOver ? of(undefined) : changes.pipe(startWith(undefined)))).pipe(
      map(() => snapshot()),
    ),
    get inFlight() {
      return inFlight;
    },
    begin: () => {
      inFlight += 1;
      changed();
    },
    end: (outcome) => {
      inFlight -= 1;
      counts[outcome] += 1;
      changed();
    },
    changed,
    complete: () => {
      isOver = true;
      changed();
      changes.complete();
    },
  };
};

import { asyncScheduler, filter, firstValueFrom, type SchedulerLike } from 'rxjs';
import { checkKinds, TIME } from '../fault/checkKinds.js';
import { clampDelay } from '../stream/backoff.js';
import { onAbort } from '../stream/onAbort.js';
import { createRunStats, type Gauges, type RunStats } from './runStats.js';
import type { WorkerRun } from './WorkerRun.js';

/** What goes on inside a run can tell how far its end has come. */
export interface RunSignals {
  /** Nothing new is to be begun. */
  readonly stopping: AbortSignal;
  /** What is under way is asked to break off. */
  readonly breakOff: AbortSignal;
  /** The run has ended: what settles now no longer counts. */
  readonly over: AbortSignal;
}

export interface RunParts {
  /**
   * Does the work. Resolves when there is none left, and soon after `stopping`; rejects when the run has to stop.
   */
  readonly work: (run: RunSignals & { readonly stats: RunStats }) => Promise<void>;
  /** Puts everything away; called once, after the last event has settled or has been given up. */
  readonly finish?: () => Promise<void>;
  readonly gauges?: Gauges;
  readonly signal?: AbortSignal | undefined;
  readonly scheduler?: SchedulerLike;
}

const STOP_MS = 10_000;
/** Putting away gets what is left until the deadline, and so much at least. */
const LAST_WORD_MS = 1_000;

/**
 * Starts a run, which ends in one of three ways: its work is done, it is stopped, or it fails.
 *
 * In each of them nothing new is begun, what is under way may settle until a deadline, and then everything is
 * put away. Only a stop lets handlers go on undisturbed until then; at a failure or an abort they are told at once.
 */
export const startRun = ({
  work,
  finish = () => Promise.resolve(),
  gauges = () => ({ lag: 0, conversations: 0 }),
  signal,
  scheduler = asyncScheduler,
}: RunParts): WorkerRun => {
  const stopping = new AbortController();
  const breakOff = new AbortController();
  const over = new AbortController();
  const stats = createRunStats(gauges);

  const deadline = new AbortController();
  const expired = abortOf(deadline.signal);
  const within = (ms: number, then: () => void): void => {
    const timer = scheduler.schedule(then, clampDelay(ms));
    over.signal.addEventListener('abort', () => {
      timer.unsubscribe();
    });
  };
  let endsAt = Infinity;
  const endWithin = (ms: number): void => {
    stopping.abort();
    endsAt = Math.min(endsAt, scheduler.now() + ms);
    within(ms, () => {
      deadline.abort();
    });
  };
  const endNow = (): void => {
    breakOff.abort();
    endWithin(STOP_MS);
  };

  const begin = async (): Promise<void> => {
    // Not at the call: whoever starts a run has it in hand before the first event is handled.
    await Promise.resolve();
    const run = {
      stopping: stopping.signal,
      breakOff: breakOff.signal,
      over: over.signal,
      stats,
    };
    if (!stopping.signal.aborted) await Promise.race([work(run), expired]);
  };

  const settleAll = async (): Promise<void> => {
    stopping.abort();
    const idle$ = stats.stats$.pipe(filter(({ inFlight }) => inFlight === 0));
    await Promise.race([firstValueFrom(idle$, { defaultValue: undefined }), expired]);
    breakOff.abort();
  };

  const putAway = async (): Promise<void> => {
    const late = new AbortController();
    const giveUp = scheduler.schedule(
      () => {
        late.abort();
      },
      clampDelay(Math.max(endsAt === Infinity ? STOP_MS : endsAt - scheduler.now(), LAST_WORD_MS)),
    );
    try {
      await Promise.race([finish(), abortOf(late.signal)]);
    } finally {
      giveUp.unsubscribe();
    }
  };

  const live = async (): Promise<void> => {
    const errors: unknown[] = [];
    const note = (error: unknown): void => void errors.push(error);

    await begin().catch((error: unknown) => {
      note(error);
      endNow();
    });
    await settleAll();
    over.abort();
    await putAway().catch(note);
    ignoreSignal();
    stats.complete();
    // The first one is the reason; what fails at the end may well be its consequence.
    if (errors.length > 0) throw errors[0];
  };

  const ignoreSignal = onAbort(signal, endNow);
  if (signal?.aborted === true) endNow();

  const done = live();
  const ended = done.catch(() => undefined);

  return {
    stats$: stats.stats$,
    done,
    stop: ({ timeoutMs = STOP_MS } = {}) => {
      checkKinds({ timeoutMs }, { timeoutMs: TIME });
      if (!over.signal.aborted) endWithin(timeoutMs);
      return ended;
    },
  };
};

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });

import { fromEvent, merge, type Observable, share } from 'rxjs';
import { fullJitter } from '../stream/backoff.js';
import { awaitResult } from './awaitResult.js';
import type { Delivery } from './Delivery.js';
import type { HandleContext } from './Handle.js';
import { type HandlerSignal, handlerSignals } from './handlerSignals.js';
import type { HandlingSettings } from './handlingSettings.js';
import type { RunStats } from './runStats.js';
import type { RunSignals } from './startRun.js';

export interface SettleParts extends Pick<RunSignals, 'breakOff' | 'over'> {
  readonly handling: HandlingSettings;
  readonly stats: RunStats;
  /** Source of jitter, from 0 up to 1. */
  readonly random?: () => number;
}

/** What became of a delivery. */
type Outcome = Parameters<RunStats['end']>[0];

/**
 * Makes the function that brings one delivery to its end.
 *
 * Handled: acknowledged. Failed with attempts left: put back, with a delay. Failed for good: given to
 * `deadLetter`, then acknowledged. Broken off, lost, or the run over: left as it is, for whoever comes next.
 *
 * @returns A function whose promise resolves once the delivery is settled, and rejects with what has to stop the
 * run: the last error where there is no `deadLetter`, or what `deadLetter`, `ack` or `retry` fails with.
 */
export const settleWith = ({
  handling,
  stats,
  breakOff,
  over,
  random = Math.random,
}: SettleParts): ((delivery: Delivery) => Promise<void>) => {
  const { handle, deadLetter, maxAttempts } = handling;
  const openSignal = handlerSignals(breakOff);
  // One listener for all handlers at work, and none while there is no Observable among them.
  const over$ = fromEvent(over, 'abort').pipe(share());

  /** No longer counts. */
  const isGone = ({ lost }: Delivery): boolean => lost.aborted || over.aborted;
  // The end of the run comes after `breakOff`, and many deliveries have nothing else to lose.
  const gone$ = ({ lost }: Delivery): Observable<unknown> =>
    lost === over ? over$ : merge(over$, fromEvent(lost, 'abort'));

  const settleFailed = async (delivery: Delivery, error: unknown): Promise<Outcome> => {
    const { attempt } = delivery;
    if (attempt < maxAttempts) {
      await delivery.retry(fullJitter({ ...handling, attempt, random }));
      return 'retried';
    }
    if (deadLetter === undefined) throw error;
    await awaitResult(deadLetter(delivery.event, error), gone$(delivery));
    if (isGone(delivery)) return 'left';
    await delivery.ack();
    return 'deadLettered';
  };

  const settle = async (delivery: Delivery): Promise<Outcome> => {
    const { event, lost } = delivery;
    const opened = lost === over ? openSignal() : openSignal(lost);
    try {
      const handled = awaitResult(handle(event, contextOf(delivery, opened)), gone$(delivery));
      if (handled !== undefined) await handled;
    } catch (error) {
      // Whoever was told to break off may well fail, and it says nothing about the event.
      if (isGone(delivery) || breakOff.aborted) return 'left';
      return await settleFailed(delivery, error);
    } finally {
      opened.release();
    }
    if (isGone(delivery)) return 'left';
    await delivery.ack();
    return 'handled';
  };

  return async (delivery) => {
    stats.begin();
    let outcome: Outcome = 'left';
    try {
      outcome = await settle(delivery);
    } catch (error) {
      // Lost while it was being settled: that could not be said any more, and is for somebody else to say.
      if (!delivery.lost.aborted) throw error;
    } finally {
      stats.end(outcome);
    }
  };
};

const contextOf = ({ key, attempt }: Delivery, opened: HandlerSignal): HandleContext => ({
  key,
  attempt,
  get signal() {
    return opened.signal;
  },
});

import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  merge,
  type Observable,
  of,
  repeat,
  type SchedulerLike,
  switchMap,
  take,
  throwError,
  timer,
} from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';
import type { ErrorCode, Fault } from '../fault/Fault.js';
import { clampDelay } from '../stream/backoff.js';
import type { ConnectionStatus } from './ConnectionStatus.js';
import type { Failure } from './Failure.js';
import { failureFault, faultAs } from './failureFault.js';
import { newLine, withFailure, withFrame } from './LineHistory.js';
import type { Logger } from './Logger.js';
import { type LineOptions, oneAttempt } from './oneAttempt.js';
import type { Receiver } from './Receiver.js';
import { retryDelay } from './retryDelay.js';
import { NO_CIRCUMSTANCES, untilPossible } from './Circumstances.js';
import type { Verdict } from './Verdict.js';
import { verdictOn } from './verdictOn.js';

export type { HeartbeatTimes } from './HeartbeatTimes.js';

export interface ReconnectOptions {
  /** Upper limit of the first random delay; it doubles with each attempt. Default: 500 ms. */
  readonly initialDelayMs?: number | undefined;
  /** Upper limit of every delay. Default: 20 000 ms. */
  readonly maxDelayMs?: number | undefined;
  /** How many attempts are made in a row before the line fails for good. Default: Infinity. */
  readonly maxAttempts?: number | undefined;
  /** How long the line must be open before attempts are counted from 1 again. Default: 5 000 ms. */
  readonly stableAfterMs?: number | undefined;
  /** Decides what to do about a failure; `fallback` is the built-in decision. When it throws, that one stands. */
  readonly classify?: ((failure: Failure, fallback: Verdict) => Verdict) | undefined;
}

export interface StaysConnectedOptions extends LineOptions {
  /** `false`: the first failure is the last. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** Called when the server does not accept the token: the next one must be another. */
  readonly refused?: (() => void) | undefined;
  readonly scheduler?: SchedulerLike | undefined;
  /** Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  readonly logger?: Pick<Logger, 'warn'> | undefined;
}

/**
 * Keeps a line open over any number of sockets.
 *
 * Each attempt asks for its URL, opens one socket and lives as long as that. When it fails, the failure is judged,
 * and after a wait the next attempt follows. A line that was open for `stableAfterMs` starts the counting anew;
 * one that opens and drops at once does not, so a server that greets and drops is not run down. A wait ends when
 * the circumstances wake the line, and no attempt is made while they say that it would be in vain.
 *
 *     sockets:   o--a--!        o--b---
 *     receiver:  ---a--------------b---
 *     result:    o-----(w)------o------      o = connecting, then connected; w = waiting
 *
 * @returns Cold: subscribing opens the line, unsubscribing closes it with 1000, and nothing is left running.
 * Never completes. Errors only with a terminal `ComapiError`.
 * @see fromSocket, which is one attempt.
 */
export const staysConnected = (options: StaysConnectedOptions): Observable<ConnectionStatus> =>
  // All state is born here: every subscription is a line of its own.
  defer(() => {
    const { scheduler = asyncScheduler, random = Math.random, logger } = options;
    const { circumstances = NO_CIRCUMSTANCES } = options;
    const { wake$, jumps$ } = circumstances;
    const {
      initialDelayMs = 500,
      maxDelayMs = 20_000,
      maxAttempts = Infinity,
      stableAfterMs = 5_000,
      classify,
    } = options.reconnect === false ? { maxAttempts: 0 } : (options.reconnect ?? {});
    let history = newLine;

    const receiver: Receiver = {
      ...options.receiver,
      frame: (raw) => {
        history = withFrame(history);
        options.receiver.frame(raw);
      },
    };

    const say = (retryAt: number, cause: Fault): Observable<ConnectionStatus> =>
      of({ state: 'waiting', attempt: history.attempt, retryAt, cause });

    /** Ends early when something wakes the line, but not before `floorMs`: the server has asked for so much. */
    const wait = (delayMs: number, floorMs: number): Observable<never> => {
      const notBefore = scheduler.now() + floorMs;
      const woken$ = merge(wake$, jumps$).pipe(
        switchMap(() => {
          const leftMs = notBefore - scheduler.now();
          return leftMs > 0 ? timer(leftMs, scheduler) : of(0);
        }),
      );
      return merge(timer(delayMs, scheduler), woken$).pipe(take(1), ignoreElements());
    };

    const waitWhileInVain = (): Observable<ConnectionStatus> => {
      const cause = circumstances.obstacle();
      if (cause === undefined) return EMPTY;
      return concat(say(Infinity, cause), untilPossible(circumstances).pipe(ignoreElements()));
    };

    const waitAfter = (failure: Failure): Observable<ConnectionStatus> => {
      history = withFailure(history, failure, failure.uptimeMs > 0 && failure.uptimeMs >= stableAfterMs);
      const verdict = verdictOn(failure, history.streak, { classify, logger });
      if (verdict.action === 'stop') return stop(verdict.code, failure);
      if (verdict.action === 'renew-session') {
        history = { ...history, reason: 'unauthorized' };
        options.refused?.();
      }
      const { attempt, failures } = history;
      if (attempt > maxAttempts) return stop('retries-exhausted', failure);

      const afterMs = verdict.action === 'retry' ? clampDelay(verdict.afterMs ?? 0) : 0;
      const delayMs = retryDelay({ failure, failures, afterMs, initialDelayMs, maxDelayMs, random });
      return concat(say(scheduler.now() + delayMs, failureFault(failure)), wait(delayMs, afterMs));
    };

    const attempt$ = defer(() => oneAttempt({ ...options, ...history, receiver, scheduler }));
    const attempts$ = concat(defer(waitWhileInVain), attempt$).pipe(
      catchError((end: unknown) =>
        // An attempt errors with these two and nothing else.
        end instanceof ComapiError ? throwError(() => end) : waitAfter(end as Failure),
      ),
      // Completing is what a wait does at its end; repeating it neither nests nor keeps the attempts before.
      repeat(),
    );
    return merge(wake$.pipe(ignoreElements()), attempts$);
  });

const stop = (code: ErrorCode, failure: Failure): Observable<never> =>
  throwError(() => new ComapiError(faultAs(code, failure)));

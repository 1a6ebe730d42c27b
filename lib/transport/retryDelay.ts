import { clampDelay, fullJitter } from '../stream/backoff.js';
import type { Failure } from './Failure.js';

export interface RetryDelayOptions {
  readonly failure: Failure;
  /** How many attempts have failed since the last stable line, with this one. */
  readonly failures: number;
  /** Not earlier than this. Default: 0 ms. */
  readonly afterMs?: number | undefined;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly random: () => number;
}

/**
 * Draws how long to wait before the next attempt, in milliseconds.
 *
 * * `random x min(maxDelayMs, initialDelayMs x 2^(failures-1))`;
 * * after a server that goes away or restarts (1001, 1012, 1013) all its clients come back at once, so the first
 *   delay is already spread: over 5 s from `initialDelayMs` on, as far as `maxDelayMs` leaves room;
 * * a floor such as `Retry-After` is added below, not cut into: clients told the same floor stay spread.
 */
export const retryDelay = (options: RetryDelayOptions): number => {
  const { failure, failures, afterMs = 0, initialDelayMs, maxDelayMs } = options;
  const drawn = options.random();
  const jitter = fullJitter({ attempt: failures, initialDelayMs, maxDelayMs, random: () => drawn });
  const delay = isRestart(failure) ? Math.max(jitter, restartDelay(options, drawn)) : jitter;
  return clampDelay(afterMs + delay);
};

const restartDelay = ({ initialDelayMs, maxDelayMs }: RetryDelayOptions, drawn: number): number => {
  const leastMs = Math.min(initialDelayMs, maxDelayMs);
  return leastMs + drawn * Math.min(RESTART_SPREAD_MS, maxDelayMs - leastMs);
};

const RESTART_SPREAD_MS = 5_000;

const isRestart = ({ closeCode }: Failure): boolean =>
  closeCode === 1001 || closeCode === 1012 || closeCode === 1013;

export interface FullJitterOptions {
  /** How many attempts have failed in a row; 1 = the first delay. */
  readonly attempt: number;
  /** Upper end of the first delay. */
  readonly initialDelayMs: number;
  /** Upper end of every delay. */
  readonly maxDelayMs: number;
  /** Gives a number from 0 up to 1. */
  readonly random: () => number;
}

/**
 * Draws a delay between 0 and a ceiling that doubles with each attempt.
 *
 * The draw comes after the cap: clients that have reached `maxDelayMs` are spread as well, over all of it.
 *
 * @returns `random x min(maxDelayMs, initialDelayMs x 2^(attempt-1))` in milliseconds, for any attempt number.
 */
export const fullJitter = ({ attempt, initialDelayMs, maxDelayMs, random }: FullJitterOptions): number =>
  random() * Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(Math.max(attempt - 1, 0), LARGEST_EXPONENT));

/** Beyond it the power would become Infinity some day, and 0 x Infinity is no delay. */
const LARGEST_EXPONENT = 31;

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Fits a delay into what a timer can hold: a longer one would fire at once. What is no number becomes 0. */
export const clampDelay = (ms: number): number => Math.min(Math.max(ms || 0, 0), LONGEST_TIMER_MS);

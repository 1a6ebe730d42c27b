import { checkKinds, count, FUNCTION, OBJECT, required, SIGNAL, TIME } from '../fault/checkKinds.js';
import type { HandlingOptions } from './HandlingOptions.js';

/** {@link HandlingOptions} with every default filled in. */
export interface HandlingSettings extends Pick<HandlingOptions, 'handle' | 'deadLetter' | 'signal'> {
  readonly concurrency: number;
  readonly maxAttempts: number;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** Fills in the defaults. Throws a `TypeError` or `RangeError` for options that can only be a mistake. */
export const handlingSettings = (options: HandlingOptions): HandlingSettings => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, HANDLING);
  const { handle, deadLetter, signal, concurrency = 16, retry = {} } = options;
  checkKinds(retry, RETRY);
  const { maxAttempts = 5, initialDelayMs = 200, maxDelayMs = 30_000 } = retry;
  return {
    handle,
    ...(deadLetter && { deadLetter }),
    ...(signal && { signal }),
    concurrency,
    maxAttempts,
    initialDelayMs,
    maxDelayMs,
  };
};

const HANDLING = {
  handle: required(FUNCTION),
  concurrency: count(1),
  retry: OBJECT,
  deadLetter: FUNCTION,
  signal: SIGNAL,
};

const RETRY = { maxAttempts: count(1), initialDelayMs: TIME, maxDelayMs: TIME };

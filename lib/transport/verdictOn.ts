import { builtInVerdict } from './builtInVerdict.js';
import type { Failure } from './Failure.js';
import type { Logger } from './Logger.js';
import type { Streak } from './Streak.js';
import type { Verdict } from './Verdict.js';

export interface VerdictOptions {
  /** May overrule the built-in verdict, which it gets as `fallback`. */
  readonly classify?: ((failure: Failure, fallback: Verdict) => Verdict) | undefined;
  readonly logger?: Pick<Logger, 'warn'> | undefined;
}

/** Decides about a failure. Where `classify` throws, or gives no verdict, the built-in one stands. */
export const verdictOn = (
  failure: Failure,
  streak: Streak,
  { classify = (_, fallback) => fallback, logger }: VerdictOptions,
): Verdict => {
  const fallback = builtInVerdict(failure, streak);
  try {
    const verdict = classify(failure, fallback);
    if (isVerdict(verdict)) return verdict;
    logger?.warn('reconnect.classify gave no verdict: the built-in one stands.');
  } catch {
    logger?.warn('reconnect.classify threw: the built-in verdict stands.');
  }
  return fallback;
};

/** For callers without types. */
const isVerdict = (value: Partial<Verdict> | null | undefined): boolean =>
  value?.action === 'retry' ||
  value?.action === 'renew-session' ||
  (value?.action === 'stop' && 'code' in value);

import { clampDelay } from '../stream/backoff.js';

/**
 * Reads a `Retry-After` header: how long to wait, in milliseconds.
 *
 * @param value Seconds or an HTTP date; anything else, and a missing header, gives undefined.
 * @param answeredAt The server's own time of the answer in ms since 1970, which a date is compared with: the
 * local clock may be hours off.
 * @returns At least 0 and at most 2^31-1 ms.
 */
export const retryAfter = (value: string | undefined, answeredAt: number): number | undefined => {
  const text = value?.trim() ?? '';
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : dateOf(text) - answeredAt;
  return Number.isNaN(waitMs) ? undefined : clampDelay(waitMs);
};

/** `Date.parse` takes `-5` and `1.5` for dates of this century. One that is meant has a time of day. */
const dateOf = (text: string): number => (text.includes(':') ? Date.parse(text) : NaN);

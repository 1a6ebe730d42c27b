import type { ConnectionStatus } from '../transport/ConnectionStatus.js';

/** The line is open again, after it was lost or closed. */
export interface Reconnected {
  /** How many attempts it took. */
  readonly attempts: number;
  /** How long it was not open, in milliseconds. */
  readonly downMs: number;
}

/**
 * Creates the record of a line's outages.
 *
 * @param now Milliseconds on any clock.
 * @returns Tells for each change of status whether it ended an outage; to be called for all of them.
 */
export const recordOutages = (
  now: () => number,
): ((from: ConnectionStatus, to: ConnectionStatus) => Reconnected | undefined) => {
  let lostAt: number | undefined;
  let attempts = 0;

  return (from, to) => {
    if (from.state === 'connected') {
      lostAt = now();
      attempts = 0;
    }
    if (to.state === 'connecting') attempts += 1;
    if (to.state !== 'connected' || lostAt === undefined) return undefined;
    return { attempts, downMs: now() - lostAt };
  };
};

import type { Failure } from '../../lib/transport/Failure.js';

/** A failure of the first attempt, which never opened, as far as nothing else is said. */
export const failed = (parts: Partial<Failure>): Failure => ({
  kind: 'close',
  attempt: 1,
  uptimeMs: 0,
  ...parts,
});

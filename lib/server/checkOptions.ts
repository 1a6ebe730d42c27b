import { checkKinds, type Kind, NAME, OBJECT, required, whole, wholeFrom } from '../fault/checkKinds.js';
import type { ServerOptions } from './ServerOptions.js';

/** Throws a `TypeError` or `RangeError` with a sentence when an option makes no sense. The faults check themselves. */
export const checkOptions = (options: ServerOptions): void => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, OPTIONS);
};

const OPTIONS: Readonly<Record<Exclude<keyof ServerOptions, 'faults'>, Kind>> = {
  port: wholeFrom(0, 65_535),
  host: NAME,
  apiSpaceId: NAME,
  jwtSecret: NAME,
  sessionTtlS: {
    // Beyond that there are no dates.
    name: 'a number of seconds above 0, and at most 1e12',
    fits: (value) => typeof value === 'number' && value > 0 && value <= 1e12,
    Refusal: RangeError,
  },
  data: NAME,
  seed: whole(Number.MIN_SAFE_INTEGER),
};

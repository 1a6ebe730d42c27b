import type { ServerOptions } from './ServerOptions.js';

/** Throws a `TypeError` or `RangeError` with a sentence when an option makes no sense. The faults check themselves. */
export const checkOptions = ({ apiSpaceId, jwtSecret, sessionTtlS, seed, port }: ServerOptions): void => {
  for (const [name, value] of Object.entries({ apiSpaceId, jwtSecret })) {
    if (value === undefined || (typeof value === 'string' && value !== '')) continue;
    throw new TypeError(`The option '${name}' has to be a string that is not empty.`);
  }
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new RangeError("The option 'port' has to be a whole number from 0 to 65535.");
  }
  if (sessionTtlS !== undefined && !(sessionTtlS > 0)) {
    throw new RangeError("The option 'sessionTtlS' has to be a number of seconds above 0.");
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new RangeError("The option 'seed' has to be a whole number.");
  }
};

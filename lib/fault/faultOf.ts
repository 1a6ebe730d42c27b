import { ComapiError } from './ComapiError.js';
import type { Fault } from './Fault.js';

/**
 * The fault in whatever was thrown. An error that is not ours says nothing more than that there was one:
 * its message may hold an address with a token in it.
 *
 * @param message What is said of an error that is not ours.
 */
export const faultOf = (error: unknown, message = 'The request failed.'): Fault =>
  error instanceof ComapiError ? error.fault : { kind: 'network', message };

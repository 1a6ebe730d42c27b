import { ComapiError } from './ComapiError.js';
import type { Fault } from './Fault.js';

/**
 * The fault in whatever was thrown. An error that is not ours says nothing more than that there was one:
 * its message may hold an address with a token in it.
 */
export const faultOf = (error: unknown): Fault =>
  error instanceof ComapiError ? error.fault : { kind: 'network', message: 'The request failed.' };

import { ComapiError } from '../fault/ComapiError.js';
import type { Fault } from '../fault/Fault.js';

/** The error of a request. Its sentence begins with which request it was. */
export const requestError = (
  fault: Omit<Fault, 'message'> & { readonly endpoint: string },
  sentence: string,
): ComapiError => new ComapiError({ ...fault, message: `${fault.endpoint}: ${sentence}` });

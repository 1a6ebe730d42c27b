import type { ComapiError } from '../fault/ComapiError.js';
import { requestError } from './requestError.js';

/**
 * The error of an answer that cannot be used.
 *
 * @param why What does not fit, without any value of the answer; with or without a full stop.
 */
export const invalidResponse = (
  { endpoint, status }: { readonly endpoint: string; readonly status: number },
  why: string,
): ComapiError =>
  requestError({ kind: 'invalid-response', status, endpoint }, `unusable answer: ${why.replace(/\.$/, '')}.`);

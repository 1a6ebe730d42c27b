import type { ErrorCode, Fault } from './Fault.js';

/**
 * The one class that travels in error channels: an `Error` around a {@link Fault}.
 *
 * Two copies of this package may live in one process (ESM beside CommonJS), where `instanceof` says no
 * to the other copy's errors; `error.name === 'ComapiError'` and `error.code` hold for both.
 *
 * @example
 * ```ts
 * import { ComapiError } from 'comapi-rx';
 *
 * const error = new ComapiError({ kind: 'not-found', message: 'The conversation does not exist.', status: 404 });
 *
 * assert.equal(error.code, 'not-found');
 * assert.equal(error.message, 'The conversation does not exist.');
 * ```
 */
export class ComapiError extends Error {
  override readonly name: string = 'ComapiError';
  readonly code: ErrorCode;
  readonly fault: Fault;

  /**
   * @param fault What went wrong; its sentence becomes the message.
   * @param options `cause` is kept as it is: whoever passes one makes sure that it holds no secret.
   */
  constructor(fault: Fault, options?: { readonly cause?: unknown }) {
    super(fault.message, options);
    this.code = fault.kind;
    this.fault = fault;
  }
}

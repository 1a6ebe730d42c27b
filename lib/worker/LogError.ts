/** A log that cannot be written, and will not be. The reason is the `cause`. */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(cause: unknown) {
    super(`The log cannot be written: ${cause instanceof Error ? cause.message : 'no reason given'}`, {
      cause,
    });
  }
}

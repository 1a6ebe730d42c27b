/** The command line makes no sense, or asks for what cannot be had. Its message is one sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

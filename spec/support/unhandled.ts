import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { config } from 'rxjs';

export interface Unhandled {
  /** What RxJS would have thrown at the process. */
  readonly messages: readonly string[];
  /** RxJS reports on a timer of its own: resolves when that has run. */
  afterwards(): Promise<void>;
}

/** Catches, for the suite it is called in, what consumers throw: RxJS would end the process with it. */
export const unhandled = (): Unhandled => {
  const messages: string[] = [];
  const { onUnhandledError } = config;
  beforeAll(() => {
    config.onUnhandledError = (error) =>
      messages.push(error instanceof Error ? error.message : String(error));
  });
  beforeEach(() => {
    messages.length = 0;
  });
  afterAll(() => {
    config.onUnhandledError = onUnhandledError;
  });

  return {
    messages,
    afterwards: () =>
      new Promise((resolve) => {
        setTimeout(resolve, 0);
      }),
  };
};

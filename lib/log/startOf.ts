import { checkKinds, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
import { checkStart } from '../history/checkStart.js';

export interface From {
  /**
   * The last id already handled: the log begins after it. -1 is the beginning; `'now'`: only what comes from now on.
   * Default: -1.
   */
  readonly after?: number | 'now';
}

/** Where a log starts; throws for options that can only be a mistake. */
export const startOf = (options: From): number | 'now' => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, { signal: SIGNAL });
  const { after = -1 } = options;
  return checkStart(after);
};

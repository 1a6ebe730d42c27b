import { checkKinds, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
import { checkStart } from '../history/checkStart.js';
import type { From } from './Conversation.js';

/** Where a log starts; throws for options that can only be a mistake. */
export const startOf = (options: From): number | 'now' => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, { signal: SIGNAL });
  const { after = -1 } = options;
  return checkStart(after);
};

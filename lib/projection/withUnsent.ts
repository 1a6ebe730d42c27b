import { later } from '../stream/later.js';
import type { Message } from './Message.js';
import type { MessagesThen } from './messageSequence.js';

/** Puts what is on its way after what is there: the same two give the same result. */
export type WithUnsent = (there: MessagesThen, unsent: readonly Message[]) => MessagesThen;

/** It remembers the last result, and nothing is put together before somebody reads it. */
export const createWithUnsent = (): WithUnsent => {
  let last:
    | { readonly there: MessagesThen; readonly unsent: readonly Message[]; readonly all: MessagesThen }
    | undefined;
  return (there, unsent) => {
    if (unsent.length === 0) return there;
    if (last?.there !== there || last.unsent !== unsent) {
      last = { there, unsent, all: later(() => [...there.value, ...unsent]) };
    }
    return last.all;
  };
};

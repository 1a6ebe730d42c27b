import type { ReplaySubject } from 'rxjs';
import type { StatusUpdate } from '../rest/StatusUpdate.js';

export type MarkStatus = 'delivered' | 'read';

/** What became of one message for me, on its way to the server. */
export interface Mark {
  readonly messageId: string;
  status: MarkStatus;
  /** When it was so, ISO 8601: the request may have to wait for long. */
  timestamp: string;
  /** Completes when the server has it; errors when it never will. */
  readonly settled$: ReplaySubject<never>;
}

/** Whether who has come so far has come as far as is wanted: what was read was delivered, too. */
export const covers = (has: MarkStatus | undefined, wanted: MarkStatus): boolean =>
  has === wanted || has === 'read';

/** The body of a request for all of them: what was marked alike at the same time is one update. */
export const updatesOf = (marks: readonly Mark[]): readonly StatusUpdate[] => {
  const updates = new Map<
    string,
    { readonly status: MarkStatus; readonly timestamp: string; messageIds: string[] }
  >();
  for (const { messageId, status, timestamp } of marks) {
    const key = `${status} ${timestamp}`;
    const update = updates.get(key) ?? { messageIds: [], status, timestamp };
    update.messageIds.push(messageId);
    updates.set(key, update);
  }
  return [...updates.values()];
};

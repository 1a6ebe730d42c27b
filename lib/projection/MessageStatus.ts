/** How far a profile has come with a message. */
export interface MessageStatus {
  readonly status: 'delivered' | 'read';
  readonly on?: string;
  /** Where the log says so; absent for what a page sums up, which comes first. */
  readonly position?: number;
}

/**
 * The one of two that counts: read beats delivered, and of the same kind the first one that names a time.
 *
 * Whatever is told first, the result is the same, so statuses may come in any order and any number of times.
 */
export const winner = (a: MessageStatus, b: MessageStatus): MessageStatus => (byWeight(a, b) <= 0 ? a : b);

const byWeight = (a: MessageStatus, b: MessageStatus): number =>
  rank(b) - rank(a) ||
  Number(a.on === undefined) - Number(b.on === undefined) ||
  (a.position ?? -1) - (b.position ?? -1) ||
  byText(a.on ?? '', b.on ?? '');

const rank = ({ status }: MessageStatus): number => (status === 'read' ? 1 : 0);

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

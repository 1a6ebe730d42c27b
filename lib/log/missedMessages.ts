/** A look at where the log of a conversation ends. */
export interface LogLook {
  readonly conversationId: string;
  /** The position that was asked from. */
  readonly from: number;
  /** Whether there was nothing at or after it. */
  readonly isEmpty: boolean;
  /** The highest position of a message in it. */
  readonly newest: number | undefined;
  /** When it was asked for, in ms by the scheduler. */
  readonly askedAt: number;
}

/** What one line should have brought, by what others show. */
export interface MissedMessages {
  /** The line brought a numbered event. */
  brought(conversationId: string, position: number): void;
  /** Whether a page shows a message that the line should have brought before. */
  page(look: LogLook): boolean;
  /** The conversations of which a list shows one; it tells their newest message, where it tells anything. */
  list(newest: ReadonlyMap<string, number | undefined>, askedAt: number): readonly string[];
  /** Whether an answer to sending does. */
  sent(conversationId: string, position: number, sentAt: number): boolean;
}

/** More conversations than anybody has: beyond them, looking begins anew. */
const MOST_CONVERSATIONS = 10_000;

/**
 * Creates the record of one line, which says what it should have brought and has not.
 *
 * A message counts as missed when it was not there at one look and is there at a later one, both of them taken
 * while the line was up, and the line has brought neither it nor anything after it. So nothing is made of holes,
 * of the past that is caught up with, or of a gap before something that did come.
 *
 *     line up:   o-----------------------        first look (s): the log ends at 7
 *     looks:     ----s-------t-----------        then (t): there is an 8, and the line has not brought it
 *     missed:    ------------8-----------
 *
 * @param settledAt A line need not deliver as soon as it is open: looks before that time show nothing.
 */
export const missedMessages = (settledAt: number): MissedMessages => {
  const brought = new Map<string, number>();
  /** Where a log ended at a look at its events, and where at a look at the list, which knows of messages only. */
  const logEnds = new Map<string, number>();
  const listEnds = new Map<string, number>();

  const note = (ends: Map<string, number>, id: string, position: number): void => {
    if (ends.size >= MOST_CONVERSATIONS && !ends.has(id)) {
      for (const all of [brought, logEnds, listEnds]) all.clear();
    }
    ends.set(id, Math.max(position, ends.get(id) ?? -1));
  };

  const isMissed = (id: string, position: number): boolean => position > (brought.get(id) ?? -1);

  return {
    brought: (id, position) => {
      note(brought, id, position);
    },
    page: ({ conversationId: id, from, isEmpty, newest = -1, askedAt }) => {
      if (askedAt < settledAt) return false;
      const end = logEnds.get(id);
      if (isEmpty) note(logEnds, id, from - 1);
      return end !== undefined && newest > end && isMissed(id, newest);
    },
    list: (newest, askedAt) => {
      if (askedAt < settledAt) return [];
      const missed = [...newest]
        .filter(([id, position = -1]) => {
          const isNew = [listEnds, logEnds].some((ends) => position > (ends.get(id) ?? Infinity));
          return isNew && isMissed(id, position);
        })
        .map(([id]) => id);
      newest.forEach((position, id) => {
        if (position !== undefined) note(listEnds, id, position);
      });
      return missed;
    },
    sent: (id, position, sentAt) => sentAt >= settledAt && isMissed(id, position),
  };
};

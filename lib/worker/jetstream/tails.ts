/** Where the log of a conversation ends. */
export interface Tail {
  /** The id of the last event. */
  readonly last: number;
  /** The position of that event in the stream. */
  readonly sequence: number;
}

/** What is remembered of the ends of conversations. */
export interface Tails {
  get(conversationId: string): Tail | undefined;
  set(conversationId: string, tail: Tail): void;
  delete(conversationId: string): void;
  clear(): void;
}

/**
 * Remembers where conversations end, so that appending need not ask each time. Only a memory: what it says is
 * checked by the broker with each append. It keeps the `most` that were used last.
 */
export const createTails = (most: number): Tails => {
  // A Map keeps its order of insertion: the first is the one unused for longest.
  const tails = new Map<string, Tail>();

  return {
    get: (conversationId) => {
      const tail = tails.get(conversationId);
      if (tail !== undefined) {
        tails.delete(conversationId);
        tails.set(conversationId, tail);
      }
      return tail;
    },
    set: (conversationId, tail) => {
      tails.delete(conversationId);
      tails.set(conversationId, tail);
      if (tails.size <= most) return;
      const [oldest] = tails.keys();
      if (oldest !== undefined) tails.delete(oldest);
    },
    delete: (conversationId) => {
      tails.delete(conversationId);
    },
    clear: () => {
      tails.clear();
    },
  };
};

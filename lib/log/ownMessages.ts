import { factOf } from '../projection/factOf.js';
import type { LogEvent } from '../feed/splitEvents.js';

/** What is known of messages that I have sent. */
export interface OwnMessages {
  /** Whether the line brings them: assumed, until one has been missed in vain; then not, until one has come. */
  readonly comeBack: boolean;
  /** The answer to sending has told where a message of mine is. */
  sent(conversationId: string, position: number): void;
  /** Whether this place holds a message of mine, by its sender where it is at hand. */
  isMine(conversationId: string, position: number, message?: LogEvent): boolean;
  /** The line has brought this. */
  brought(conversationId: string, position: number, message: LogEvent): void;
  /** One that the line should have brought has not come. */
  missedInVain(): void;
}

/** More conversations than anybody writes in: beyond them, it is forgotten where mine are. */
const MOST_REMEMBERED = 10_000;

/**
 * Creates the record of own messages, of which the last one of each conversation is known.
 *
 * @param me Who sent is me, as far as is known.
 */
export const ownMessages = (me: () => string | undefined): OwnMessages => {
  const last = new Map<string, number>();
  let comeBack = true;

  const isMine: OwnMessages['isMine'] = (conversationId, position, message) => {
    const sender = message && senderOf(message);
    return last.get(conversationId) === position || (sender !== undefined && sender === me());
  };

  return {
    get comeBack() {
      return comeBack;
    },
    sent: (conversationId, position) => {
      if (last.size >= MOST_REMEMBERED) last.clear();
      last.set(conversationId, position);
    },
    isMine,
    brought: (conversationId, position, message) => {
      comeBack ||= isMine(conversationId, position, message);
    },
    missedInVain: () => {
      comeBack = false;
    },
  };
};

const senderOf = (event: LogEvent): string | undefined => {
  const fact = factOf(event);
  return fact?.kind === 'sent' ? fact.sender : undefined;
};

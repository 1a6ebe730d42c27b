import { fullJitter } from '../stream/backoff.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { AppendResult, EventLog } from './EventLog.js';
import { LogError } from './LogError.js';
import { openLane } from './openLane.js';
import { rest } from './rest.js';
import type { OneConversation } from './runConversations.js';
import type { RunStats } from './runStats.js';
import type { RunSignals } from './startRun.js';

export interface BridgeConversationOptions extends OneConversation, Pick<RunSignals, 'breakOff' | 'over'> {
  readonly log: EventLog;
  readonly stats: RunStats;
}

/**
 * Brings one conversation into the log: from where the log ends, and anew from there whenever it turns out to end
 * elsewhere. Resolves when the conversation is over, and soon after `signal`: what is being appended then is still
 * waited for.
 */
export const bridgeConversation = async ({
  conversation,
  log,
  signal,
  breakOff,
  over,
  stats,
  judge,
  onLane,
}: BridgeConversationOptions): Promise<void> => {
  /** Asks until there is an answer; `undefined`: nobody waits for one any more. */
  const ask = async <A>(
    until: AbortSignal,
    question: () => Promise<A>,
  ): Promise<{ readonly answer: A } | undefined> => {
    const isWanted = (): boolean => !until.aborted;
    for (let attempt = 1; isWanted(); attempt += 1) {
      try {
        return { answer: await question() };
      } catch (error) {
        if (!isWanted()) return undefined;
        if (!mayPass(error)) throw new LogError(error);
        const ms = fullJitter({ attempt, initialDelayMs: 200, maxDelayMs: 5_000, random: Math.random });
        await rest(ms, until);
      }
    }
    return undefined;
  };

  const append = async (
    event: ConversationMessageEvent,
    after: number,
  ): Promise<AppendResult | undefined> => {
    let outcome: 'handled' | 'retried' | 'left' = 'left';
    let isFirst = true;
    stats.begin();
    try {
      const result = await ask(breakOff, () => {
        if (!isFirst) {
          stats.end('retried');
          stats.begin();
        }
        isFirst = false;
        return log.append(event, after < 0 ? 'baseline' : after, breakOff);
      });
      if (result !== undefined && result.answer.kind !== 'conflict') outcome = 'handled';
      return result?.answer;
    } finally {
      stats.end(outcome);
    }
  };

  /** Reads on from a position; whether anything came of it, and whether the log turned out to end elsewhere. */
  const readOn = async (from: number): Promise<{ readonly moved: boolean; readonly isOver: boolean }> => {
    let cursor = from;
    const lane = openLane({
      conversation,
      after: from,
      signal,
      lost: over,
      // The log is the cursor.
      commit: () => Promise.resolve(),
      judge,
      changed: stats.changed,
    });
    onLane(lane);
    for await (const { event, ack } of lane.deliveries) {
      const result = await append(event, cursor);
      if (result === undefined) return { moved: true, isOver: true };
      if (result.kind === 'conflict') return { moved: cursor !== from, isOver: false };
      cursor = event.conversationEventId;
      await ack();
      stats.changed();
    }
    return { moved: true, isOver: true };
  };

  for (let inVain = 0; !signal.aborted;) {
    const last = await ask(signal, () => log.last(conversation.id));
    if (last === undefined) return;
    const { moved, isOver } = await readOn(last.answer ?? -1);
    if (isOver) return;
    inVain = moved ? 0 : inVain + 1;
    // Others write what this one does not see yet. That history shows it is a matter of time.
    const ms = fullJitter({ attempt: inVain, initialDelayMs: 100, maxDelayMs: 5_000, random: Math.random });
    if (inVain > 0) await rest(ms, signal);
  }
};

/** A log rejects when it does not know; these are the words of one that does. */
const FINAL: readonly unknown[] = ['closed', 'refused', 'forbidden', 'invalid-response'];

/** By name and code: the error may be of another copy of this package. */
const mayPass = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError) return false;
  return !(
    error instanceof Error &&
    error.name === 'ComapiError' &&
    'code' in error &&
    FINAL.includes(error.code)
  );
};

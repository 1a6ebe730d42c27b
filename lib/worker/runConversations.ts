import { asyncScheduler, noop, type SchedulerLike } from 'rxjs';
import { FUNCTION, having, type Kind, OBJECT, oneOf, required } from '../fault/checkKinds.js';
import { ComapiError } from '../fault/ComapiError.js';
import type { Discontinuity } from '../history/Discontinuity.js';
import type { Conversation } from '../conversation/Conversation.js';
import type { Client } from '../client/Client.js';
import { conversationIds } from './conversationIds.js';
import type { Conversations } from './Conversations.js';
import { followConversations } from './followConversations.js';
import type { Lane } from './openLane.js';
import type { RunStats } from './runStats.js';
import { type RunParts, type RunSignals, startRun } from './startRun.js';
import type { WorkerRun } from './WorkerRun.js';

type GoingOn = 'stop' | 'continue';

/** Whether to go on after events that cannot be had, or who says so. */
export type OnDiscontinuity = GoingOn | ((conversationId: string, discontinuity: Discontinuity) => GoingOn);

/** Which conversations a run goes through, and what becomes of those that cannot be read whole. */
export interface ConversationsOptions {
  readonly client: Client;
  readonly conversations: Conversations;
  /** What to do when events exist but history does not provide them. Default: `'continue'`. */
  readonly onDiscontinuity?: OnDiscontinuity;
  /**
   * Called for a conversation that cannot be followed (`'not-found'` or `'forbidden'`); the others go on. Without
   * this option, `done` rejects with the error when all others are over.
   */
  readonly onConversationError?: (conversationId: string, error: ComapiError) => void;
}

/** One conversation of a run. */
export interface OneConversation {
  readonly conversation: Conversation;
  /** Aborts when it is left. */
  readonly signal: AbortSignal;
  readonly judge: (discontinuity: Discontinuity) => GoingOn;
  /** This is how it is read now. */
  readonly onLane: (lane: Lane) => void;
}

/** Brings one conversation to its end. Rejects when that ends the run, or concerns this conversation alone. */
export type FollowOne = (one: OneConversation) => Promise<void>;

export interface ConversationsParts extends Pick<RunParts, 'finish' | 'signal'> {
  readonly options: ConversationsOptions;
  /** Called once, when the run begins. */
  readonly begin: (run: RunSignals & { readonly stats: RunStats }) => FollowOne | Promise<FollowOne>;
  /** Rejects when the run has to end, whatever its conversations do. Default: never. */
  readonly failed?: Promise<never>;
  readonly scheduler?: SchedulerLike;
  readonly random?: () => number;
}

/**
 * Starts a run through many conversations of a client, all at the same time. It ends with them, and with the client.
 *
 * A conversation that is not there, or not for us, is left, and the others go on: whoever wants to know is told; if
 * nobody does, the run rejects with the first of them in the end.
 */
export const runConversations = ({
  options: { client, conversations, onDiscontinuity = 'continue', onConversationError },
  begin,
  failed,
  scheduler = asyncScheduler,
  random = Math.random,
  ...parts
}: ConversationsParts): WorkerRun => {
  const { ids$, release } = conversationIds(client, conversations, { scheduler, random });
  const lanes = new Map<string, Lane>();
  const leftOut: unknown[] = [];

  const work: RunParts['work'] = async (run) => {
    const { stats, stopping } = run;
    const followOne = await begin(run);
    const follow = async (id: string, signal: AbortSignal): Promise<void> => {
      try {
        await followOne({
          conversation: client.conversation(id),
          signal,
          judge: (discontinuity) =>
            typeof onDiscontinuity === 'function' ? onDiscontinuity(id, discontinuity) : onDiscontinuity,
          onLane: (lane) => {
            lanes.set(id, lane);
            stats.changed();
          },
        });
      } catch (error) {
        if (!concernsOne(error)) throw error;
        if (onConversationError === undefined) leftOut.push(error);
        else onConversationError(id, error);
      } finally {
        lanes.delete(id);
        stats.changed();
      }
    };

    const { ended } = followConversations({ ids$, until: stopping, follow });
    await (failed === undefined ? ended : Promise.race([ended, failed]));
    if (leftOut.length > 0 && !stopping.aborted) throw leftOut[0];
  };

  const run = startRun({
    ...parts,
    work,
    gauges: () => ({
      lag: [...lanes.values()].reduce((sum, { lag }) => sum + lag, 0),
      conversations: lanes.size,
    }),
    scheduler,
  });
  const closing = client.status$.subscribe({
    complete: () => void run.stop(),
    // It never does.
    error: noop,
  });
  const forget = (): void => {
    closing.unsubscribe();
    release();
  };
  run.done.then(forget, forget);
  return run;
};

/** What ends one conversation, and not the line. */
const concernsOne = (error: unknown): error is ComapiError =>
  error instanceof ComapiError && (error.code === 'not-found' || error.code === 'forbidden');

const DISCONTINUITY = oneOf('stop', 'continue');

/** For callers without types. */
export const CONVERSATIONS: Readonly<Record<keyof ConversationsOptions, Kind>> = {
  client: required(having('a client, as createClient makes it', 'conversation', 'close')),
  conversations: required({
    name: "a list of ids, an Observable of lists, or 'mine'",
    fits: (value) => value === 'mine' || OBJECT.fits(value) || Array.isArray(value),
  }),
  onDiscontinuity: {
    name: `${DISCONTINUITY.name}, or a function`,
    fits: (value) => DISCONTINUITY.fits(value) || FUNCTION.fits(value),
  },
  onConversationError: FUNCTION,
};

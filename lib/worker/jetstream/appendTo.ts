import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { ComapiError } from '../../fault/ComapiError.js';
import type { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';
import { checkAppended, checkConversationId } from '../checkLogCalls.js';
import type { AppendResult, EventLog } from '../EventLog.js';
import type { StreamPlan } from './openStream.js';
import { decodeStored, encodeStored } from './storedEvent.js';
import type { Tail, Tails } from './tails.js';

export interface AppendParts {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly plan: StreamPlan;
  readonly tails: Tails;
  /** Makes a request, which may be made twice, over a connection that may be lost. */
  readonly persist: <A>(request: () => Promise<A>, signal?: AbortSignal) => Promise<A>;
}

/** What a conversation without events has before it. */
const NOTHING: Tail = { last: -1, sequence: 0 };

/**
 * Makes `append` and `last` of the log.
 *
 * The truth is one condition that the broker checks: the last message of the subject is still the one the writer
 * means. So of any number of writers one wins, and the others are told. The message id, which the broker knows for
 * ten minutes, only spares it that check.
 */
export const appendTo = ({
  client,
  manager,
  plan,
  tails,
  persist,
}: AppendParts): Pick<EventLog, 'append' | 'last'> => {
  const readTail = async (conversationId: string, subject: string): Promise<Tail> => {
    tails.delete(conversationId);
    const message = await manager.streams.getMessage(plan.stream, { last_by_subj: subject });
    if (message === null) return NOTHING;
    const event = decodeStored(message.data);
    if (event === undefined) {
      throw new ComapiError({
        kind: 'invalid-response',
        message: `Message ${message.seq} of the stream ${plan.stream} is no event: where its conversation ends is not known.`,
      });
    }
    const tail = { last: event.conversationEventId, sequence: message.seq };
    tails.set(conversationId, tail);
    return tail;
  };

  /** Where it stood; `undefined`: the last message is another by now, or the event is known by its id. */
  const publish = async (
    event: ConversationMessageEvent,
    { subject, tail, isRepeat }: { subject: string; tail: Tail; isRepeat: boolean },
  ): Promise<number | undefined> => {
    try {
      const { seq, duplicate } = await client.publish(subject, encodeStored(event), {
        // Known by its id, yet not in the log: somebody has erased it since. Then the id must not be in the way.
        ...(!isRepeat && { msgID: `${subject}:${event.conversationEventId}` }),
        expect: { streamName: plan.stream, lastSubjectSequence: tail.sequence },
      });
      return duplicate ? undefined : seq;
    } catch (error) {
      if (isWrongSequence(error)) return undefined;
      throw error;
    }
  };

  const append = async (
    event: ConversationMessageEvent,
    after: number,
    signal: AbortSignal | undefined,
  ): Promise<AppendResult> => {
    const { conversationId, conversationEventId } = event;
    const subject = await plan.subjectOf(conversationId);
    let tail = tails.get(conversationId) ?? (await readTail(conversationId, subject));
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      signal?.throwIfAborted();
      if (conversationEventId <= tail.last) return { kind: 'duplicate' };
      if (tail.last !== after) return { kind: 'conflict', last: tail.last };
      const sequence = await publish(event, { subject, tail, isRepeat: attempt > 1 });
      if (sequence !== undefined) {
        tails.set(conversationId, { last: conversationEventId, sequence });
        return { kind: 'appended' };
      }
      tail = await readTail(conversationId, subject);
    }
    throw new ComapiError({ kind: 'network', message: 'The end of the conversation would not hold still.' });
  };

  return {
    append: async (event, after, signal) => {
      checkAppended(event, after);
      signal?.throwIfAborted();
      const once = async (): Promise<AppendResult> => {
        try {
          return await append(event, after === 'baseline' ? NOTHING.last : after, signal);
        } catch (error) {
          // It may be in the log or not: the memory is worth nothing now.
          tails.delete(event.conversationId);
          throw error;
        }
      };
      return orAborted(persist(once, signal), signal);
    },
    last: async (conversationId) => {
      checkConversationId(conversationId);
      const subject = await plan.subjectOf(conversationId);
      const { last } = await persist(() => readTail(conversationId, subject));
      return last === NOTHING.last ? undefined : last;
    },
  };
};

/** A round is lost to another writer, who has then appended; so many in a row do not happen. */
const MAX_TRIES = 10;

const WRONG_SEQUENCE = [10071, 10164];

const isWrongSequence = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'JetStreamApiError' &&
  'code' in error &&
  WRONG_SEQUENCE.some((code) => code === error.code);

const orAborted = <A>(result: Promise<A>, signal: AbortSignal | undefined): Promise<A> => {
  if (signal === undefined) return result;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp);
    result.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', giveUp);
    });
  });
};

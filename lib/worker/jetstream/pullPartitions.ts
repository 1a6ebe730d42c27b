import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { ConsumerNames } from './openConsumers.js';
import type { StreamPlan } from './openStream.js';
import { stopwatch } from './stopwatch.js';

export interface PullOptions {
  readonly connection: NatsConnection;
  readonly plan: StreamPlan;
  readonly inboxPrefix: string;
  readonly consumerOf: ConsumerNames;
  /** Whether there is room for more. While there is none, nothing is asked for. */
  readonly hasRoom: () => boolean;
  /** A message of that partition; `done` is to be called once it is dealt with. */
  readonly onMessage: (message: Msg, partition: number) => void;
  /** A request has run out: there was nothing to hand out for a while. */
  readonly onNothing: (partition: number) => void;
  /** The consumer is not there, or not now: the broker says so, or it says nothing at all. */
  readonly onUnwell: (partition: number) => void;
  readonly onFailure: (error: unknown) => void;
}

export interface Pull {
  /** A message of that partition is dealt with: the next one may be asked for. */
  done(partition: number): void;
  /** There is room again. */
  resume(): void;
  /** Asks for whatever has not been asked for. */
  look(): void;
  /** Whether this is where it asks. */
  asksAt(subject: string): boolean;
  /** What was asked for is forgotten: the connection was lost. */
  forget(): void;
  end(): void;
}

/**
 * Asks for one message of each partition, and for the next one when that is dealt with.
 *
 * A request waits at the broker until there is something, for ten seconds at most: so long a partition may rest when
 * a request gets lost. A reader that is stopped in its tracks swallows no more than the one message it has asked for.
 */
export const pullPartitions = ({
  connection,
  plan,
  inboxPrefix,
  consumerOf,
  hasRoom,
  onMessage,
  onNothing,
  onUnwell,
  onFailure,
}: PullOptions): Pull => {
  const inbox = `${inboxPrefix}.comapi-${crypto.randomUUID()}`;
  const subjects = Array.from(
    { length: plan.partitions },
    (_, partition) => `$JS.API.CONSUMER.MSG.NEXT.${plan.stream}.${consumerOf(partition)}`,
  );
  const partitionAt = plan.filterOf(0).split('.').length - 2;
  const busy = new Set<number>();
  const asked = new Map<number, () => number>();
  const postponed = new Set<number>();

  const ask = (partition: number): void => {
    const subject = subjects[partition];
    if (subject === undefined || busy.has(partition) || connection.isClosed()) return;
    if (!hasRoom()) {
      postponed.add(partition);
      return;
    }
    asked.set(partition, stopwatch());
    connection.publish(subject, REQUEST, { reply: `${inbox}.${partition}` });
  };
  const look = (): void => {
    subjects.forEach((_, partition) => {
      const sinceAsked = asked.get(partition);
      const isUnanswered = sinceAsked !== undefined && sinceAsked() > ANSWER_WITHIN_MS;
      // That a request has run out would have been told. About a consumer that is not there, brokers are silent.
      if (isUnanswered) onUnwell(partition);
      if (isUnanswered || sinceAsked === undefined) ask(partition);
    });
  };
  const onStatus = (partition: number, code: number): void => {
    asked.delete(partition);
    // The request has run out, and that is all. Anything else gets a rest until the next look round.
    if (code === RAN_OUT) {
      onNothing(partition);
      ask(partition);
    } else if (code !== NOTHING_THERE) {
      onUnwell(partition);
    }
  };

  const subscription = connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error !== null) {
        onFailure(error);
      } else if (message.subject.startsWith(`${inbox}.`)) {
        onStatus(Number(message.subject.slice(inbox.length + 1)), message.headers?.code ?? 0);
      } else {
        const partition = Number(message.subject.split('.')[partitionAt]);
        asked.delete(partition);
        busy.add(partition);
        onMessage(message, partition);
      }
    },
  });
  const timer = setInterval(look, LOOK_EVERY_MS);

  return {
    done: (partition) => {
      busy.delete(partition);
      ask(partition);
    },
    resume: () => {
      const again = [...postponed];
      postponed.clear();
      again.forEach(ask);
    },
    look,
    asksAt: (subject) => subjects.includes(subject),
    forget: () => {
      asked.clear();
    },
    end: () => {
      clearInterval(timer);
      subscription.unsubscribe();
    },
  };
};

const WAITS_MS = 10_000;
const ANSWER_WITHIN_MS = WAITS_MS + 1_000;
const LOOK_EVERY_MS = 1_000;
const REQUEST = JSON.stringify({ batch: 1, expires: WAITS_MS * 1_000_000 });

const RAN_OUT = 408;
const NOTHING_THERE = 404;

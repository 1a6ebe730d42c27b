import { connect } from '@nats-io/transport-node';
import { jetstream } from '@nats-io/jetstream';

/** The ids of each conversation, as the platform knows them. */
type Truth = ReadonlyMap<string, readonly number[]>;

interface Stored {
  readonly conversationId: string;
  readonly conversationEventId: number;
}

/** Reads the whole stream from its beginning, without anything of the library, and compares. */
export const inspectLog = async (port: number, truth: Truth): Promise<readonly string[]> => {
  const connection = await connect({ port });
  const consumer = await jetstream(connection).consumers.get('COMAPI-chaos');
  const { num_pending: total } = await consumer.info();
  const found = new Map<string, number[]>();
  const subjects = new Map<string, string>();
  const violations: string[] = [];
  let left = total;
  if (left > 0) {
    for await (const message of await consumer.consume()) {
      const { conversationId, conversationEventId } = message.json<Stored>();
      found.set(conversationId, [...(found.get(conversationId) ?? []), conversationEventId]);
      const owner = subjects.get(message.subject) ?? conversationId;
      subjects.set(message.subject, owner);
      if (owner !== conversationId)
        violations.push(`Two conversations share the subject ${message.subject}.`);
      left -= 1;
      if (left === 0) break;
    }
  }
  await connection.close();

  for (const [id, expected] of truth) {
    const got = found.get(id) ?? [];
    if (got.join() !== expected.join()) {
      violations.push(
        `The log has ${got.length} of ${expected.length} of ${id}: ${firstDifference(got, expected)}.`,
      );
    }
  }
  if (found.size > truth.size) violations.push('The log has conversations that nobody knows.');
  return violations;
};

const firstDifference = (got: readonly number[], expected: readonly number[]): string => {
  const at = Array.from(expected.keys()).find((index) => got[index] !== expected[index]) ?? expected.length;
  return `${got[at] ?? 'nothing'} instead of ${expected[at] ?? 'nothing'} at ${at}`;
};

interface Effect extends Stored {
  readonly key: string;
  readonly attempt: number;
}

export interface Effects {
  readonly violations: readonly string[];
  readonly repeats: number;
  readonly redeliveries: number;
}

/** Looks at what was done: all of it, for the first time in order, and under one key for each event. */
export const inspectEffects = (text: string, truth: Truth): Effects => {
  const violations: string[] = [];
  const keys = new Map<string, string>();
  const firsts = new Map<string, number[]>();
  let repeats = 0;
  let redeliveries = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const { conversationId, conversationEventId, key, attempt } = JSON.parse(line) as Effect;
    const event = JSON.stringify([conversationId, conversationEventId]);
    const known = keys.get(event);
    if (attempt > 1) redeliveries += 1;
    if (known === undefined) {
      keys.set(event, key);
      firsts.set(conversationId, [...(firsts.get(conversationId) ?? []), conversationEventId]);
    } else {
      repeats += 1;
      if (known !== key) violations.push(`${event} has two keys: ${known} and ${key}.`);
    }
  }
  if (new Set(keys.values()).size !== keys.size) violations.push('Two events share a key.');
  for (const [id, expected] of truth) {
    const got = firsts.get(id) ?? [];
    if (got.join() !== expected.join()) {
      violations.push(
        `Of ${id}, ${got.length} of ${expected.length} were handled: ${firstDifference(got, expected)}.`,
      );
    }
  }
  return { violations, repeats, redeliveries };
};

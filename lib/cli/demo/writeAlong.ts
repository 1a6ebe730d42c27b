import { defer, merge, type Observable, repeat, tap, timer } from 'rxjs';
import type { LocalServer } from '../../server/LocalServer.js';

/** Who follows the conversation, and who writes it. */
export const READER = 'ann';
export const WRITERS = ['bob', 'cleo', 'dan'] as const;

const OPENINGS = ['Did you see', 'I just found', 'Somebody left', 'We need', 'Look at', 'Who took'];
const THINGS = [
  'the watering can',
  'a hedgehog',
  'the key of the shed',
  'two kilos of plums',
  'your hat',
  'the map',
];
const PLACES = [
  'behind the roses',
  'on the bench',
  'in the greenhouse',
  'by the pond',
  'under the apple tree',
];

const sentence = (random: () => number): string => {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  return `${pick(OPENINGS)} ${pick(THINGS)} ${pick(PLACES)}${random() < 0.5 ? '?' : '.'}`;
};

export interface WriteAlongOptions {
  readonly server: LocalServer;
  readonly conversationId: string;
  readonly random: () => number;
}

/** One person says one thing; now and then the reader's receipt for it follows. */
export const say = ({ server, conversationId, random }: WriteAlongOptions, from: string): void => {
  const { messageId } = server.publish(conversationId, { from, text: sentence(random) });
  if (random() < 0.2) server.setStatus(conversationId, messageId, READER, 'delivered');
  if (random() < 0.1) server.setStatus(conversationId, messageId, READER, 'read');
};

/** Everybody writes, each at a pace of their own, until unsubscribed. */
export const writeAlong = (options: WriteAlongOptions): Observable<unknown> =>
  merge(
    ...WRITERS.map((from) =>
      defer(() => timer(60 + options.random() * 380)).pipe(
        tap(() => {
          say(options, from);
        }),
        repeat(),
      ),
    ),
  );

import { defer, merge, type Observable, repeat, tap, timer } from 'rxjs';
import type { LocalServer } from '../../server/LocalServer.js';
import { sentence } from './sentence.js';

/** Who follows the conversation, and who writes it. */
export const READER = 'ann';
export const WRITERS = ['bob', 'cleo', 'dan'] as const;

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

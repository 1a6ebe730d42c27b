/**
 * A log could not be written, and trying again will not help. The reason is the `cause`.
 *
 * @example
 * ```ts
 * import { createClient } from 'comapi-rx';
 * import { nodeWebSocket } from 'comapi-rx/node';
 * import { startServer } from 'comapi-rx/server';
 * import { bridgeToLog, type EventLog, LogError } from 'comapi-rx/worker';
 *
 * const server = await startServer();
 * const garden = server.createConversation({ participants: ['archivist', 'bob'] });
 * server.publish(garden, { from: 'bob', text: 'Write this down.' });
 * const { apiSpaceId, urlBase, webSocketBase } = server;
 * const client = createClient({
 *   ...{ apiSpaceId, urlBase, webSocketBase, webSocketCtor: nodeWebSocket() },
 *   getToken: () => server.issueToken('archivist'),
 * });
 * const full: EventLog = {
 *   append: () => Promise.reject(new RangeError('There are no more pages.')),
 *   last: () => Promise.resolve(undefined),
 *   async *deliveries() {},
 * };
 *
 * const run = bridgeToLog({ client, conversations: [garden], log: full });
 * await assert.rejects(run.done, (error) => error instanceof LogError && error.cause instanceof RangeError);
 * await client.close();
 * await server.close();
 * ```
 */
export class LogError extends Error {
  override readonly name = 'LogError';

  constructor(cause: unknown) {
    super(`The log cannot be written: ${cause instanceof Error ? cause.message : 'no reason given'}`, {
      cause,
    });
  }
}

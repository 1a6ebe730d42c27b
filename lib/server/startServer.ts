import type { LocalServer } from './LocalServer.js';
import { openServer } from './openServer.js';
import type { ServerOptions } from './ServerOptions.js';

/**
 * Starts a server that speaks the protocol, in this process, for tests, demos and work on a train.
 *
 * It logs people in, keeps conversations with their logs, pages them, and pushes what happens to the sockets of
 * those who may see it. What a real line does wrong now and then it does on demand, at given rates, from a seed.
 *
 * @example
 * ```ts
 * import { startServer } from 'comapi-rx/server';
 *
 * const server = await startServer();
 * const garden = server.createConversation({ participants: ['ann', 'bob'] });
 * server.publish(garden, { from: 'bob', text: 'Has anybody seen the cat?' });
 *
 * assert.equal(server.events(garden).length, 1);
 * await server.close();
 * ```
 *
 * @returns The server, listening. The promise rejects with a `TypeError` or `RangeError` when an option makes no
 * sense, and with the error of the system when the port or the file of `data` cannot be had.
 */
export const startServer = async (options: ServerOptions = {}): Promise<LocalServer> => openServer(options);

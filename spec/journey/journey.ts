import type { Client } from '../../lib/client/Client.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { localClient, type LocalClientOptions } from './localClient.js';

/** A server, its clients, and all that has to be closed in the end. */
export interface Journey {
  readonly server: LocalServer;
  clientOf(profileId: string, options?: LocalClientOptions): Client;
  /** Bob says so much in a conversation. */
  publish(conversationId: string, count: number): void;
  /** How many pages of events have been asked for. */
  readonly pagesRead: number;
  end(): Promise<void>;
}

export const beginJourney = async (): Promise<Journey> => {
  const server = await startServer({ seed: 7 });
  const clients: Client[] = [];

  return {
    server,
    clientOf: (profileId, options) => {
      const client = localClient(server, profileId, options);
      clients.push(client);
      return client;
    },
    publish: (conversationId, count) => {
      for (let index = 0; index < count; index += 1) {
        server.publish(conversationId, { from: 'bob', text: `message ${index}` });
      }
    },
    get pagesRead() {
      return server.requests.filter(({ path }) => path.endsWith('/events')).length;
    },
    end: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await server.close();
    },
  };
};

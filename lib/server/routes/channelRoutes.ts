import { randomUUID } from 'node:crypto';
import type { Call, Reply, Route } from '../http/Route.js';

/** Other channels. There is none behind this server: the state it gives out leads nowhere. */
export const channelRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/channels/facebook/state',
    answer: async (call: Call): Promise<Reply> => {
      await call.bytes();
      return { status: 200, json: { state: randomUUID() } };
    },
  },
];

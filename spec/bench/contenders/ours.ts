import { filter, firstValueFrom } from 'rxjs';
import { createClient } from '../../../lib/index.js';
import { nodeWebSocket } from '../../../lib/node.js';
import type { Contender } from './Contender.js';

export const ours: Contender = async ({ ws }, told) => {
  const client = createClient({
    apiSpaceId: 'space',
    getToken: () => 'token',
    webSocketBase: ws,
    webSocketCtor: nodeWebSocket(),
  });
  client.conversationMessageEvent$.subscribe(told);
  await firstValueFrom(client.status$.pipe(filter(({ state }) => state === 'connected')));
};

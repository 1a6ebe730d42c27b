import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Contender } from './Contender.js';

/** The floor: a socket and `JSON.parse`. */
export const bareWs: Contender = async ({ ws }, told) => {
  const socket = new WebSocket(ws, { perMessageDeflate: false });
  socket.addEventListener('message', ({ data }) => told(JSON.parse(data as string))); // no binary frames are sent
  await once(socket, 'open');
};

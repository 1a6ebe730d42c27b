import { Centrifuge } from 'centrifuge';
import { WebSocket } from 'ws';

export const connect = async ({ centrifuge }, told) => {
  const client = new Centrifuge(centrifuge, { websocket: WebSocket });
  const subscription = client.newSubscription('garden');
  subscription.on('publication', ({ data }) => told(data));
  const subscribed = new Promise((resolve) => subscription.on('subscribed', resolve));
  subscription.subscribe();
  client.connect();
  await subscribed;
};

/** As much of Centrifugo's JSON protocol as one subscription needs. */
export const centrifugoOn = (socket) => {
  socket.on('message', (lines) => {
    for (const line of String(lines).split('\n')) {
      const { id, connect, subscribe } = JSON.parse(line);
      if (connect)
        socket.send(JSON.stringify({ id, connect: { client: 'bench', version: '6', ping: 25, pong: true } }));
      if (subscribe) socket.send(JSON.stringify({ id, subscribe: {} }));
    }
  });
};

export const inPush = (text) => `{"push":{"channel":"garden","pub":{"data":${text}}}}`;

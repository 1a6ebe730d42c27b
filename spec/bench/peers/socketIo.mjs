import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';

export const connect = async ({ socketIo }, told) => {
  const socket = io(socketIo, { transports: ['websocket'] });
  socket.on('frame', told);
  await new Promise((resolve) => socket.on('connect', resolve));
};

/** A server of its own, since it speaks a protocol of its own. */
export const serve = async () => {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String(http.address().port)}`,
    send: (text) => server.emit('frame', JSON.parse(text)),
    buffered: () =>
      [...server.sockets.sockets.values()].reduce(
        (sum, { conn }) => sum + (conn.transport.socket?.bufferedAmount ?? 0) + conn.writeBuffer.length * 600,
        0,
      ),
    close: () => server.close(),
  };
};

import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { ear, handshakeStatus, socketOf } from '../support/ear.js';
import { servers } from '../support/servers.js';

const start = servers();

describe('a handshake', () => {
  it('takes the token from the query or from the header', async () => {
    const server = await start();
    const token = server.issueToken('ann');

    expect(await handshakeStatus(socketOf(server, `?token=${token}`))).toBe(101);
    expect(await handshakeStatus(socketOf(server, '', { Authorization: `Bearer ${token}` }))).toBe(101);
  });

  it.each(['', '?token=', '?token=nonsense'])('is answered 401 with the query %j', async (query) => {
    expect(await handshakeStatus(socketOf(await start(), query))).toBe(401);
  });

  it('is answered in whole HTTP', async () => {
    const server = await start();
    const socket = socketOf(server);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    const chunks = (await response.toArray()) as Buffer[];

    expect(response.headers).toMatchObject({ date: expect.any(String), 'content-type': 'application/json' });
    expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual({ message: expect.any(String) });
  });

  it.each(['/', '/apispaces/other/socket', '/apispaces/local/sockets', '/apispaces/local/socket/', '/%'])(
    'is answered with an error at %s',
    async (path) => {
      const server = await start();
      const status = await handshakeStatus(
        new WebSocket(`${server.webSocketBase}${path}`, {
          headers: { Authorization: `Bearer ${server.issueToken('ann')}` },
        }),
      );

      expect(status).toBe(path === '/%' ? 400 : 404);
    },
  );

  it('may be broken off without harm', async () => {
    const server = await start();
    const peer = connect(Number(new URL(server.urlBase).port), '127.0.0.1');
    peer.write(
      'GET /apispaces/local/socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    );
    peer.resetAndDestroy();

    await ear(server, 'ann');
    expect(server.socketCount).toBe(1);
  });
});

describe('an open socket', () => {
  it('takes an echo in silence, and anything else too', async () => {
    const server = await start();
    const ann = await ear(server, 'ann');
    ann.socket.send(JSON.stringify({ name: 'echo', payload: {}, publishedOn: new Date().toISOString() }));
    ann.socket.send('{');
    ann.socket.send(new Uint8Array([0xff]));
    ann.socket.ping();
    await once(ann.socket, 'pong');

    expect(await ann.untilNow()).toEqual([]);
    expect(server.socketCount).toBe(1);
  });

  it('is closed when it sends too much', async () => {
    const server = await start();
    const ann = await ear(server, 'ann');
    ann.socket.send('x'.repeat(70_000));

    expect(await ann.closed).toBe(1_009);
    await ear(server, 'ann');
    expect(server.socketCount).toBe(1);
  });
});

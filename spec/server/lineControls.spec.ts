import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startServer, type LocalServer } from '../../lib/server.js';
import { childServer } from './support/childServer.js';
import { ear, handshakeStatus, socketOf } from './support/ear.js';
import { person, withToken } from './support/person.js';
import { servers } from './support/servers.js';

const start = servers();
const portOf = ({ urlBase }: LocalServer): number => Number(new URL(urlBase).port);

describe('push', () => {
  it('sends text as text and bytes as bytes, to every socket of the profile', async () => {
    const server = await start();
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    ann.socket.removeAllListeners('message');
    const frames: unknown[] = [];
    const both = new Promise<void>((resolve) =>
      ann.socket.on('message', (bytes: Buffer, isBinary: boolean) => {
        if (frames.push([isBinary, [...bytes]]) === 3) resolve();
      }),
    );
    server.push('ann', '{');
    server.push('ann', new Uint8Array([0xff, 0]));
    server.push('ann', '');
    await both;

    expect(frames).toEqual([
      [false, [0x7b]],
      [true, [0xff, 0]],
      [false, []],
    ]);
    expect(await bob.untilNow()).toEqual([]);
  });
});

describe('dropSockets', () => {
  it('cuts without a close frame, or closes with a code, and counts', async () => {
    const server = await start();
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    server.dropSockets({ profileId: 'ann' });

    expect(await ann.closed).toBe(1_006);
    expect(server.socketCount).toBe(1);
    server.dropSockets({ code: 4_001 });
    expect(await bob.closed).toBe(4_001);
    expect(server.faultCounts['dropped']).toBe(2);
  });

  it('leaves all open when the code is none', async () => {
    const server = await start();
    const ann = await ear(server, 'ann');

    expect(() => server.dropSockets({ code: 1_006 })).toThrow(TypeError);
    expect(await ann.untilNow()).toEqual([]);
    expect(server.faultCounts['dropped']).toBe(0);
  });
});

describe('revokeTokens', () => {
  it('makes the tokens of a profile worthless and cuts its sockets', async () => {
    const server = await start();
    const tokens = { ann: server.issueToken('ann'), bob: server.issueToken('bob') };
    const [ann, bob] = [await ear(server, 'ann'), await ear(server, 'bob')];
    server.revokeTokens('ann');

    expect(await ann.closed).toBe(1_006);
    expect((await withToken(server, tokens.ann)('GET', '/conversations')).status).toBe(401);
    expect(await handshakeStatus(socketOf(server, `?token=${tokens.ann}`))).toBe(401);
    expect((await withToken(server, tokens.bob)('GET', '/conversations')).status).toBe(200);
    expect((await person(server, 'ann')('GET', '/conversations')).status).toBe(200);

    server.revokeTokens();
    expect(await bob.closed).toBe(1_006);
    expect((await withToken(server, tokens.bob)('GET', '/conversations')).status).toBe(401);
  });
});

describe('restart', () => {
  it('comes back on the same port with the same log and sessions', async () => {
    const server = await start();
    server.createConversation({ id: 'c1', participants: ['ann'] });
    server.publish('c1', { from: 'ann', text: 'before' });
    const token = server.issueToken('ann');
    const { urlBase } = server;
    const ann = await ear(server, 'ann');
    await server.restart();

    expect(await ann.closed).toBe(1_006);
    expect(server.urlBase).toBe(urlBase);
    expect(await withToken(server, token)('GET', '/conversations/c1/events')).toMatchObject({
      status: 200,
      body: [{ conversationEventId: 0 }],
    });
    const again = await ear(server, 'ann');
    server.publish('c1', { from: 'ann', text: 'after' });
    expect(await again.named('conversationMessage.sent')).toMatchObject([{ conversationEventId: 1 }]);
  });

  it('may be asked for twice, and not after the end', async () => {
    const server = await start();
    await Promise.all([server.restart(), server.restart()]);
    expect((await person(server, 'ann')('GET', '/conversations')).status).toBe(200);

    await server.close();
    await expect(server.restart()).rejects.toThrow('The server is closed.');
  });
});

describe('close', () => {
  it('cuts everything, frees the port, and may be called again', async () => {
    const server = await startServer({ faults: { delayMs: 60_000 } });
    server.createConversation({ id: 'c1', participants: ['ann'] });
    const ann = await ear(server, 'ann');
    // An idle connection that nobody answers, a request that is half there, and a frame that would wait a minute.
    const idle = connect(portOf(server), '127.0.0.1');
    const half = connect(portOf(server), '127.0.0.1');
    await Promise.all([once(idle, 'connect'), once(half, 'connect')]);
    [idle, half].forEach((connection) => connection.on('error', () => {}));
    const cut = Promise.all(
      [idle, half].map((connection) => new Promise((resolve) => connection.once('close', resolve))),
    );
    half.write('POST /apispaces/local/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{');
    server.publish('c1', { from: 'ann', text: 'x' });
    const [first, second] = [server.close(), server.close()];
    await Promise.all([first, second]);

    expect(await ann.closed).toBe(1_006);
    await cut;
    expect(server.socketCount).toBe(0);
    const other = createServer().listen(portOf(server), '127.0.0.1');
    await once(other, 'listening');
    await new Promise((resolve) => other.close(resolve));
    await server.close();
  });

  it('has the last word over a restart that is under way', async () => {
    const server = await startServer();
    await Promise.all([server.restart(), server.close()]);

    await expect(fetch(server.urlBase)).rejects.toThrow();
  });

  it('leaves nothing that runs: the process ends by itself', async () => {
    const child = await childServer(`
      startServer({ faults: { swap: 1, delayMs: 60_000 } }).then(async (server) => {
        const port = new URL(server.urlBase).port;
        const token = server.issueToken('ann');
        server.createConversation({ id: 'c1', participants: ['ann'] });
        const handshake = require('node:http').get({
          port,
          path: '/apispaces/local/socket?token=' + token,
          headers: {
            Connection: 'Upgrade',
            Upgrade: 'websocket',
            'Sec-WebSocket-Version': '13',
            'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          },
        });
        await new Promise((resolve) => handshake.once('upgrade', (_, socket) => resolve(socket.resume())));
        for (let count = 0; count < 3; count += 1) server.publish('c1', { from: 'ann', text: 'x' });
        console.log(server.socketCount);
        await server.close();
        console.log(server.socketCount);
      });
    `);
    const exit = once(child, 'exit');

    expect(Buffer.concat(await child.stdout.toArray()).toString()).toBe('1\n0\n');
    expect(await exit).toEqual([0, null]);
  });
});

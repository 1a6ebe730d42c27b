import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { asyncScheduler, firstValueFrom } from 'rxjs';
import { fetchHttp } from '../../lib/transport/fetchHttp.js';
import { fromSocket } from '../../lib/transport/fromSocket.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import { SELF_SIGNED } from '../support/selfSigned.js';
import { receiving } from './receiving.js';
import { acceptSockets, endServers } from './wsServer.js';

afterEach(endServers);

/** What a line says until it fails, and how it fails. */
const storyOf = (url: string): Promise<readonly unknown[]> =>
  new Promise((resolve) => {
    const said: unknown[] = [];
    fromSocket({
      url,
      ctor: nodeWebSocket(),
      receiver: receiving((word) => said.push(word)),
      scheduler: asyncScheduler,
      heartbeat: false,
    }).subscribe({
      next: () => said.push('opened'),
      error: (failure: unknown) => resolve([...said, failure]),
    });
  });

/** The header of a frame of a server with up to 64 KiB in it; the first byte has its flags and its kind. */
const frame = (firstByte: number, payload: Uint8Array): Buffer => {
  const { length } = payload;
  const size = length < 126 ? [length] : [126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([firstByte, ...size]), payload]);
};

const TOO_BIG = ['too-big', { kind: 'close', reason: 'A frame was too big.' }];

const TEXT = 0x01;
const CONTINUED = 0x00;
const LAST = 0x80;
const COMPRESSED = 0x40;

/** Says to every socket exactly these bytes. */
const saying = (bytes: Uint8Array): Promise<string> =>
  acceptSockets((_, { socket }) => void socket.write(bytes));

describe('a server that means no good', () => {
  it('inflates nothing, though it says that a frame is compressed', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000, 'x')).subarray(0, 60_000);

    expect(await storyOf(await saying(frame(LAST | COMPRESSED | TEXT, bomb)))).toEqual([
      'opened',
      { kind: 'close', closeCode: 1002 },
    ]);
  });

  it('sends a message in so many pieces as no honest server does, and loses the line', async () => {
    const pieces = (count: number): Buffer =>
      Buffer.concat([
        frame(TEXT, Buffer.from('a')),
        ...Array.from({ length: count - 2 }, () => frame(CONTINUED, Buffer.from('b'))),
        frame(LAST | CONTINUED, Buffer.from('c')),
      ]);
    const story = await storyOf(await saying(Buffer.concat([pieces(1_000), pieces(1_025)])));

    expect(story).toEqual(['opened', `a${'b'.repeat(998)}c`, ...TOO_BIG]);
  });

  it('announces a frame of nine exabytes, and none of them is waited for', async () => {
    const header = Buffer.from([LAST | TEXT, 127, 0x7f, ...Array.from({ length: 7 }, () => 0xff)]);

    expect(await storyOf(await saying(header))).toEqual(['opened', ...TOO_BIG]);
  });

  it('sends pieces that together are too big, and they are not put together', async () => {
    const piece = Buffer.alloc(60_000, 'x');
    const pieces = Array.from({ length: 20 }, (_, index) => frame(index === 0 ? TEXT : CONTINUED, piece));

    expect(await storyOf(await saying(Buffer.concat(pieces)))).toEqual(['opened', ...TOO_BIG]);
  });
});

describe('a server whose certificate nobody vouches for', () => {
  it('gets no token, by socket or by request', async () => {
    const heard: unknown[] = [];
    const server = createServer(SELF_SIGNED, ({ headers }) => heard.push(headers));
    server.on('upgrade', ({ headers }) => heard.push(headers)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = fetchHttp({
      urlBase: `https://${host}`,
      apiSpaceId: 'space',
      fetch: () => fetch,
      requestTimeoutMs: 5_000,
      scheduler: asyncScheduler,
    });
    const headers = { Authorization: 'Bearer SECRET-CANARY' };

    expect(await storyOf(`wss://${host}/socket?token=SECRET-CANARY`)).toEqual([{ kind: 'network' }]);
    await expect(
      firstValueFrom(http({ method: 'GET', path: '/x', endpoint: 'GET /x', headers })),
    ).rejects.toMatchObject({ fault: { kind: 'network' } });
    expect(heard).toEqual([]);
    server.closeAllConnections();
    server.close();
  });
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createListener } from '../../server/http/createListener.js';
import { pathOf } from '../../server/http/pathOf.js';
import type { PageAnswer, PageDoors } from './pageDoors.js';
import type { PageFile } from './readPage.js';

/** Where the page is. */
export interface PageHost {
  readonly url: string;
  /** Resolves when the port is free. */
  close(): Promise<void>;
}

export interface PageHostOptions {
  /** 0 = any free one. */
  readonly port: number;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly doors: PageDoors;
  /** Origins that the page may talk to, besides its own. */
  readonly connectTo: readonly string[];
}

/**
 * Serves a page to this machine: these files and doors, and nothing else.
 *
 * It listens at the loopback, and answers under a name of the loopback only: a stranger's name that is made to lead
 * here gets nothing. What changes something, or gives a login, is for the page itself, not for other pages of the same
 * browser. The page runs no code but that of its one script, and turns no text into markup.
 */
export const openPageHost = async ({ port, files, doors, connectTo }: PageHostOptions): Promise<PageHost> => {
  const server = createServer();
  const listener = createListener(server, { host: '127.0.0.1', port });
  const headers = headersOf(connectTo);

  const answer = (request: IncomingMessage): Answer => {
    const path = pathOf(request);
    if (!isOurName(request.headers.host, listener.address)) return refusal(421);
    if (path === undefined) return refusal(400);
    const { method = '' } = request;
    const file = files.get(path.raw);
    if (file !== undefined) return isReading(method) ? { status: 200, ...file } : refusal(405);
    if (!isFromThePage(request, method)) return refusal(403);
    const answered = doors({ method, ...path });
    return answered === undefined ? refusal(404) : bodyOf(answered);
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { status, type, bytes } = answer(request);
    // Nobody wants a body; what comes of one is not kept.
    request.resume();
    response.writeHead(status, {
      ...headers,
      ...(status !== 204 && { 'Content-Type': type, 'Content-Length': bytes.length }),
    });
    response.end(bytes);
  });
  await listener.open();
  return { url: `http://${listener.address}/`, close: () => listener.free() };
};

interface Answer extends PageFile {
  readonly status: number;
}

const PLAIN = 'text/plain; charset=utf-8';

const bodyOf = ({ status, json, text = '' }: PageAnswer): Answer =>
  json === undefined
    ? { status, type: PLAIN, bytes: Buffer.from(text) }
    : { status, type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(json)) };

const refusal = (status: number): Answer => ({ status, type: PLAIN, bytes: Buffer.alloc(0) });

const headersOf = (connectTo: readonly string[]): Readonly<Record<string, string>> => ({
  'Cache-Control': 'no-store',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${connectTo.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

const isOurName = (host: string | undefined, address: string): boolean =>
  host === address || host === address.replace('127.0.0.1', 'localhost');

/**
 * Browsers name the origin in all that changes something, and say since when a request comes from another one; programs
 * of this machine say neither, and may read.
 */
const isFromThePage = ({ headers }: IncomingMessage, method: string): boolean => {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? isReading(method) : origin === `http://${host}`;
};

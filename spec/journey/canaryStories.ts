import { firstValueFrom, type Observable } from 'rxjs';
import { WebSocket as PlainSocket } from 'ws';
import type { Client } from '../../lib/client/Client.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { createClient } from '../../lib/client/createClient.js';
import type { ErrorCode } from '../../lib/fault/Fault.js';
import type { Failure } from '../../lib/transport/Failure.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import type { DecodeError } from '../../lib/wire/DecodeError.js';
import type { HostileServer, Hostility } from '../support/hostileServer.js';

/** One mark in each part of the token, one in the app's JWT, one in what the app logs in with. */
const claims = Buffer.from(JSON.stringify({ sub: 'me', mark: 'canary-in-claims' })).toString('base64url');
export const SECRETS = {
  'the token': 'canary-in-signature',
  'the claims of the token': claims,
  'the JWT': 'canary-in-jwt',
  'the password of the app': 'canary-in-password',
};
export const TOKEN = `e30.${claims}.${SECRETS['the token']}`;
export const JWT = `e30.e30.${SECRETS['the JWT']}`;
export const ALL = [TOKEN, JWT, SECRETS['the password of the app']].join(' ');

/** What a platform, or a careless app, may well throw. */
export const leaky = (): Error =>
  Object.assign(new Error(`GET wss://host/socket?token=${ALL}`), {
    code: 'ECANARY',
    config: { headers: { authorization: `Bearer ${ALL}` } },
    cause: new Error(ALL),
  });

/** Everything that happens to a client, for as long as it lives. */
export interface Sight {
  readonly client: Client;
  readonly server: HostileServer;
  /** Resolves when a fault of this code was seen anywhere. */
  fault(code: ErrorCode): Promise<void>;
  /** Resolves when a frame of this kind was reported. */
  misread(kind: DecodeError['kind']): Promise<void>;
  /** Resolves when an attempt to keep the line ended in this way. */
  failure(kind: Failure['kind']): Promise<void>;
  /** Resolves when the line is open. */
  open(): Promise<void>;
  /** Resolves when every stream has ended, however; keeps the streams, their subscriptions and their errors. */
  settle(streams: readonly Observable<unknown>[]): Promise<unknown>;
  /** Keeps anything else that an app can get hold of. */
  keep(what: unknown): void;
}

export interface Story {
  /** The line plays no part in it. */
  readonly isAboutRest?: true;
  readonly server?: Hostility;
  readonly options?: Partial<ClientOptions>;
  readonly act: (sight: Sight) => Promise<unknown>;
}

const refuse = (status: string): Hostility => ({
  shake: (_request, connection) =>
    connection.end(
      `HTTP/1.1 ${status} ${ALL}\r\nWWW-Authenticate: ${ALL}\r\nRetry-After: ${ALL}\r\n\r\n${ALL}`,
    ),
});

const closeWith = (code: number): Hostility => ({
  greet: (socket) => socket.close(code, TOKEN.slice(0, 100)),
});

/** Answers everything but the login with a status, and quotes in all places what it was sent. */
export const answerWith = (status: number, headers: Readonly<Record<string, string>> = {}): Hostility => ({
  answer: ({ url = '' }, response) =>
    url.includes('/sessions') && status !== 299
      ? undefined
      : response.writeHead(status, ALL, { ...headers, 'X-Echo': ALL }).end(JSON.stringify({ token: ALL })),
});

const sends = (frame: string | Uint8Array): Hostility => ({ greet: (socket) => socket.send(frame) });

const until =
  (code: ErrorCode): Story['act'] =>
  ({ fault }) =>
    fault(code);

const everyEndpoint = ({ rest }: Client): readonly Observable<unknown>[] => [
  rest.listConversations({ scope: 'public', profileId: 'me' }),
  rest.createConversation({ id: 'c' }),
  rest.getConversation('c'),
  rest.updateConversation('c', { name: 'n' }, { etag: '"e"' }),
  rest.deleteConversation('c'),
  rest.listParticipants('c'),
  rest.addParticipants('c', [{ id: 'p' }]),
  rest.removeParticipants('c', ['p']),
  rest.startTyping('c'),
  rest.stopTyping('c'),
  rest.sendMessage('c', 'text'),
  rest.updateStatuses('c', [{ messageIds: ['m'], status: 'read' }]),
  rest.listMessages('c'),
  rest.listEvents('c', { from: 0 }),
  rest.getProfile('p'),
  rest.queryProfiles({ name: 'n' }),
  rest.updateProfile('p', {}),
  rest.patchProfile('p', {}),
  rest.uploadContent({ data: 'aGk=', name: 'n', type: 't' }),
  rest.getSession(),
  rest.registerPush({}),
  rest.removePush(),
];

/** Every way in which things go wrong, each with the token in all the words that others say. */
export const stories: Readonly<Record<string, Story>> = {
  'all is well': {
    act: async ({ open, client }) => {
      await open();
      await firstValueFrom(client.rest.getProfile('me'));
    },
  },
  'all is well, and the session ends': {
    act: async ({ open, client }) => {
      await open();
      await firstValueFrom(client.rest.getProfile('me'));
      await firstValueFrom(client.endSession());
    },
  },
  'the handshake is refused for the token': { server: refuse('401'), act: until('unauthorized') },
  'the handshake is forbidden': { server: refuse('403'), act: until('unauthorized') },
  'the handshake finds nothing': { server: refuse('404'), act: until('refused') },
  'the handshake finds a server that is busy': { server: refuse('503'), act: until('http') },
  'the handshake is redirected': {
    server: {
      shake: (_request, connection) =>
        connection.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/?token=${TOKEN}\r\n\r\n`),
    },
    act: ({ failure }) => failure('handshake'),
  },
  'the handshake is answered with nonsense': {
    server: { shake: (_request, connection) => connection.end(`${ALL}\r\n\r\n`) },
    act: ({ failure }) => failure('network'),
  },
  'the handshake is not completed': {
    server: {
      shake: (_request, connection) =>
        connection.end(
          `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${ALL}\r\n\r\n`,
        ),
    },
    act: ({ failure }) => failure('handshake'),
  },
  'the handshake is never answered': {
    server: { shake: () => undefined },
    options: { connectTimeoutMs: 20 },
    act: ({ failure }) => failure('connect-timeout'),
  },
  'the line is cut': {
    server: { greet: (socket) => socket.terminate() },
    options: { reconnect: false },
    act: until('retries-exhausted'),
  },
  'the line is closed for the token': { server: closeWith(4401), act: until('unauthorized') },
  'the line is closed for the protocol': { server: closeWith(1002), act: until('protocol') },
  'the line is closed for load': { server: closeWith(4429), act: until('rate-limited') },
  'the line is closed without a reason': { server: closeWith(1000), act: ({ failure }) => failure('close') },
  'the line goes dead': {
    server: { greet: (_socket, connection) => connection.removeAllListeners('data').pause() },
    options: { heartbeat: { intervalMs: 10, timeoutMs: 20 } },
    act: ({ failure }) => failure('silent'),
  },
  'the frames break the protocol': {
    server: {
      greet: (_socket, connection) => connection.write(Buffer.from([0xff, 0xff, ...Buffer.from(ALL)])),
    },
    act: until('protocol'),
  },
  'a frame is no text': {
    server: sends(Buffer.concat([Buffer.from([0xff]), Buffer.from(ALL)])),
    act: ({ misread }) => misread('not-text'),
  },
  'a frame is no JSON': { server: sends(ALL), act: ({ misread }) => misread('not-json') },
  'a frame is no envelope': {
    server: sends(JSON.stringify([ALL])),
    act: ({ misread }) => misread('not-an-envelope'),
  },
  'a frame lacks what it needs': {
    server: sends(JSON.stringify({ name: 'conversation.participantAdded', payload: { profileId: [ALL] } })),
    act: ({ misread }) => misread('invalid-payload'),
  },
  'a frame is too big': {
    server: sends(JSON.stringify({ name: ALL.repeat(20) })),
    options: { maxMessageBytes: 100 },
    act: ({ misread }) => misread('too-big'),
  },
  'a handler and a subscriber throw': {
    server: sends(JSON.stringify({ name: 'profile.update', payload: { id: 'p' }, profileId: 'p' })),
    act: async ({ client, open }) => {
      client.on('profileUpdated', () => {
        throw new Error('handler');
      });
      client.profileUpdated$.subscribe(() => {
        throw new Error('subscriber');
      });
      const failed = firstValueFrom(client.handlerErrors$);
      await open();
      await failed;
    },
  },
  'the socket cannot be made': {
    options: {
      webSocketCtor: class extends PlainSocket {
        constructor(url: string) {
          super(url);
          this.on('error', () => undefined).terminate();
          throw Object.assign(leaky(), { url, socket: this });
        }
      } as unknown as WebSocketCtor,
    },
    act: ({ failure }) => failure('constructor'),
  },
  'there is no socket': { options: { webSocketCtor: null }, act: until('no-websocket') },
  'there is no address': { options: { webSocketBase: ALL }, act: until('invalid-url') },
  'nobody is there': {
    options: { urlBase: 'http://127.0.0.1:1', webSocketBase: 'ws://127.0.0.1:1' },
    act: async ({ fault, failure, client, settle }) => {
      await settle(everyEndpoint(client));
      await Promise.all([fault('network'), failure('token')]);
    },
  },
  'the server speaks no TLS': {
    act: async ({ server, settle }) => {
      const client = createClient({
        ...{ apiSpaceId: 's', getToken: () => TOKEN, webSocketCtor: nodeWebSocket() },
        urlBase: server.urlBase.replace('http:', 'https:'),
        webSocketBase: server.webSocketBase.replace('ws:', 'wss:'),
      });
      await settle(everyEndpoint(client));
      await client.close();
    },
  },
  'no request is answered': {
    isAboutRest: true,
    server: { answer: ({ url = '' }) => (url.includes('/sessions') ? undefined : 'never') },
    options: { requestTimeoutMs: 50 },
    act: ({ client, settle }) => settle(everyEndpoint(client)),
  },
  'a request is given up': {
    isAboutRest: true,
    server: { answer: ({ url = '' }) => (url.includes('/sessions') ? undefined : 'never') },
    act: async ({ client, open }) => {
      const requests = everyEndpoint(client).map((request$) => request$.subscribe());
      await open();
      for (const request of requests) request.unsubscribe();
    },
  },
  'each answer breaks off': {
    isAboutRest: true,
    server: {
      answer: ({ url = '' }, response) =>
        url.includes('/sessions')
          ? undefined
          : response.writeHead(200, { 'Content-Length': 10_000 }).write(ALL, () => response.destroy()),
    },
    act: ({ client, settle }) => settle(everyEndpoint(client)),
  },
  'each answer is nonsense': {
    isAboutRest: true,
    server: {
      answer: ({ url = '' }, response) => (url.includes('/sessions') ? undefined : response.end(`{"${ALL}`)),
    },
    act: async ({ client, fault, settle }) => {
      await settle(everyEndpoint(client));
      await fault('invalid-response');
    },
  },
  'each answer is of the wrong shape': {
    isAboutRest: true,
    server: {
      answer: ({ url = '' }, response) =>
        url.includes('/sessions') ? undefined : response.end(JSON.stringify([[ALL]])),
    },
    act: ({ client, settle }) => settle(everyEndpoint(client)),
  },
  ...Object.fromEntries(
    ([401, 403, 404, 409, 412, 429, 500, 302] as const).map((status): [string, Story] => [
      `each request is answered ${status}`,
      {
        isAboutRest: true,
        server: answerWith(status, {
          Location: `http://127.0.0.1:1/?${TOKEN}`,
          Date: ALL,
          'Retry-After': ALL,
        }),
        act: ({ client, settle }) => settle(everyEndpoint(client)),
      },
    ]),
  ),
  'the login is answered with nonsense': {
    isAboutRest: true,
    server: {
      answer: ({ method, url = '' }, response) =>
        method === 'POST' && url.endsWith('/sessions')
          ? response.end(JSON.stringify({ token: TOKEN, session: { id: ALL, profileId: [ALL] } }))
          : undefined,
    },
    options: { authenticate: () => JWT },
    act: until('invalid-response'),
  },
  'the login is refused': {
    isAboutRest: true,
    server: {
      answer: ({ method, url = '' }, response) =>
        method === 'POST' && url.endsWith('/sessions')
          ? response.writeHead(401, ALL).end(JSON.stringify({ message: ALL }))
          : undefined,
    },
    options: { authenticate: () => JWT },
    act: until('unauthorized'),
  },
  'the app refuses to log in': {
    isAboutRest: true,
    options: { authenticate: () => null },
    act: until('unauthorized'),
  },
  'the app rejects': {
    options: { authenticate: () => Promise.reject(leaky()) },
    act: ({ failure }) => failure('token'),
  },
  'the app throws': {
    options: {
      getToken: () => {
        throw leaky();
      },
    },
    act: ({ failure }) => failure('token'),
  },
  'the app says nothing': {
    isAboutRest: true,
    options: { authenticate: () => new Promise(() => undefined), requestTimeoutMs: 20 },
    act: until('timeout'),
  },
  'the app answers something else': {
    options: { getToken: () => Promise.resolve({ token: ALL } as never) },
    act: ({ failure }) => failure('token'),
  },
  'the token cannot be a header': {
    options: { getToken: () => `${TOKEN}\n\u2028` },
    // As a query it can travel.
    act: async ({ client, failure, open, settle }) => {
      await Promise.race([failure('constructor'), open()]);
      await settle(everyEndpoint(client));
    },
  },
  'the token cannot be in an address': {
    options: { getToken: () => `${TOKEN}\ud800` },
    act: ({ client, failure, settle }) => Promise.all([failure('token'), settle(everyEndpoint(client))]),
  },
  'the store fails': {
    options: {
      authenticate: () => JWT,
      sessionStore: {
        load: () => Promise.reject(leaky()),
        save: () => {
          throw leaky();
        },
      },
    },
    act: async ({ client, open }) => {
      await open();
      await firstValueFrom(client.endSession());
    },
  },
  'the fetch of the app rejects': {
    isAboutRest: true,
    options: { fetch: () => Promise.reject(leaky()) },
    act: ({ client, settle }) => settle(everyEndpoint(client)),
  },
  'the logger and the judge of the app throw': {
    options: {
      reconnect: {
        classify: () => {
          throw leaky();
        },
      },
      logger: {
        debug: () => {
          throw leaky();
        },
        info: () => undefined,
        warn: () => {
          throw leaky();
        },
        error: () => undefined,
      },
    },
    server: closeWith(1011),
    act: ({ client }) => firstValueFrom(client.reconnected$),
  },
  'the client is closed meanwhile': {
    act: async ({ client, open, settle }) => {
      await open();
      const settled = settle(everyEndpoint(client));
      await client.close();
      await settled;
      await settle(everyEndpoint(client));
    },
  },
};

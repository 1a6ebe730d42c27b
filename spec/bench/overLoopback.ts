import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { Hearing } from './contender.js';
import { peer } from './peer.js';
import { ask } from './program.js';
import { spreadOf, type Spread } from './sideBySide.js';
import { traffic } from './traffic.js';

export const hearers = ['bareWs', 'ours', 'rxjsFilters', 'vendorSdk', 'socketIo', 'centrifuge'] as const;
export type Hearer = (typeof hearers)[number];

/** Of each contender: processor time as a multiple of a bare socket's, and what it adds to the latency, in ms. */
export type Loopback = Readonly<
  Record<
    Hearer,
    {
      readonly flood: Spread;
      readonly calm: Spread;
      readonly addedP50: Spread;
      readonly addedP99: Spread;
    }
  >
>;

interface Outlet {
  readonly url: string;
  readonly send: (text: string) => void;
  /** Bytes that wait to be sent. */
  readonly buffered: () => number;
  readonly close: () => void;
}

interface SocketIo {
  readonly serve: () => Promise<Outlet>;
}

interface Centrifugo {
  readonly centrifugoOn: (socket: WebSocket) => void;
  readonly inPush: (text: string) => string;
}

/** Long enough for an engine to have compiled what it will: a line that has been up for a while. */
const WARM_UP = 50_000;
const FLOOD = 30_000;
const CALM = 800;
const ROUNDS = 4;

/** Sends a flood and then single frames over real sockets to contenders, each in a process of its own, in turn. */
export const overLoopback = async (): Promise<Loopback> => {
  const { centrifugoOn, inPush } = await peer<Centrifugo>('centrifuge');
  const plain = await serveSockets(
    () => undefined,
    (text) => text,
  );
  const centrifugo = await serveSockets(centrifugoOn, inPush);
  const socketIo = await (await peer<SocketIo>('socketIo')).serve();
  const outletOf = (hearer: Hearer): Outlet =>
    hearer === 'socketIo' ? socketIo : hearer === 'centrifuge' ? centrifugo : plain;
  const urls = JSON.stringify({ ws: plain.url, centrifuge: centrifugo.url, socketIo: socketIo.url });

  const rounds: Readonly<Record<Hearer, Hearing>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const heard: Partial<Record<Hearer, Hearing>> = {};
    for (const hearer of hearers) heard[hearer] = await oneHearing(hearer, urls, outletOf(hearer));
    // The loop has put all of them in.
    rounds.push(heard as Record<Hearer, Hearing>);
  }
  for (const outlet of [plain, centrifugo, socketIo]) outlet.close();

  const each = (of: (round: Readonly<Record<Hearer, Hearing>>) => number): Spread => spreadOf(rounds.map(of));
  return Object.fromEntries(
    hearers.map((hearer) => [
      hearer,
      {
        flood: each((round) => round[hearer].floodUs / round.bareWs.floodUs),
        calm: each((round) => round[hearer].calmUs / round.bareWs.calmUs),
        addedP50: each((round) => round[hearer].p50 - round.bareWs.p50),
        addedP99: each((round) => round[hearer].p99 - round.bareWs.p99),
      },
    ]),
  ) as Loopback;
};

const serveSockets = async (
  greet: (socket: WebSocket) => void,
  wrap: (text: string) => string,
): Promise<Outlet> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', greet);
  await once(server, 'listening');
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    send: (text) => {
      const wrapped = wrap(text);
      for (const socket of server.clients) socket.send(wrapped);
    },
    buffered: () => [...server.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0),
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
};

const oneHearing = async (hearer: Hearer, urls: string, { send, buffered }: Outlet): Promise<Hearing> => {
  const messages = traffic(5_000).filter((text) => text.includes('"conversationMessage.'));
  const [typical = ''] = messages.filter((text) => text.includes('conversationMessage.sent'));
  const flood = async (): Promise<void> => {
    for (let sent = 0; sent < WARM_UP + FLOOD; sent += 1) {
      send(messages[sent % messages.length] ?? '');
      if (sent % 64 === 0)
        do await setImmediate();
        while (buffered() > 262_144);
    }
  };
  const calm = async (): Promise<void> => {
    for (let sent = 0; sent < CALM; sent += 1) {
      const until = performance.now() + 1;
      while (performance.now() < until) await setImmediate();
      send(stamped(typical));
    }
  };
  const heard = await ask('contender.ts', {
    args: [hearer, urls, ...[WARM_UP, FLOOD, CALM].map(String)],
    onStep: (step) => void (step === 'ready' ? flood() : calm()),
  });
  // It is what contender.ts answers with.
  return heard as Hearing;
};

/** A message like those of the flood, so that no engine has to learn anew, with the time in place of its text. */
const stamped = (message: string): string =>
  message.replace(/"data":"[^"]*"/, `"data":"${Number(process.hrtime.bigint()) / 1e6}"`);

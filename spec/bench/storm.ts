// A restart under a thousand clients: when do they knock? `npm run storm` prints the tables of docs/connection.md.
import { filter, firstValueFrom, of, VirtualAction, VirtualTimeScheduler } from 'rxjs';
import { createClient } from '../../lib/client/createClient.js';
import type { Client } from '../../lib/client/Client.js';
import { startServer } from '../../lib/server/startServer.js';
import { fakeSocket } from '../../lib/testing/fakeSocket.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import { staysConnected } from '../../lib/transport/staysConnected.js';
import { deaf } from '../transport/receiving.js';
import { seededRandom } from '../support/seededRandom.js';

const CLIENTS = 1_000;
const SLOT_MS = 1_000;
const SLOTS = 12;
const HOUR_MS = 3_600_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** How a server goes, and for how long it is away. */
interface Restart {
  readonly title: string;
  readonly code: number;
  readonly downMs: number;
}

const RESTARTS: readonly Restart[] = [
  { title: 'closed with 1012, back at once', code: 1012, downMs: 0 },
  { title: 'closed with 1012, away for 1 s', code: 1012, downMs: 1_000 },
  { title: 'closed with 1001, away for 10 s', code: 1001, downMs: 10_000 },
  { title: 'cut without a word, back at once', code: 1006, downMs: 0 },
  { title: 'cut without a word, away for 10 s', code: 1006, downMs: 10_000 },
];

/** Plays a restart in virtual time; gives when each attempt came, in ms after the end of the lines. */
const attemptsAt = ({
  code,
  downMs,
}: Restart): { readonly attempts: number[]; readonly opened: number[] } => {
  const scheduler = new VirtualTimeScheduler(VirtualAction, HOUR_MS);
  const random = seededRandom(1);
  const attempts: number[] = [];
  const opened: number[] = [];
  let isRestarted = false;

  const servers = Array.from({ length: CLIENTS }, () => {
    const server = fakeSocket();
    staysConnected({
      urlFor: () => {
        if (isRestarted) attempts.push(scheduler.now() - HOUR_MS / 2);
        scheduler.schedule(() => {
          const isUp = !isRestarted || scheduler.now() >= HOUR_MS / 2 + downMs;
          if (!isUp) return server.last().fail();
          if (isRestarted) opened.push(scheduler.now() - HOUR_MS / 2);
          server.last().open();
        }, 1);
        return of('wss://api.example/socket');
      },
      ctor: () => server.ctor,
      receiver: deaf,
      heartbeat: false,
      scheduler,
      random,
    }).subscribe({ error: () => undefined });
    return server;
  });
  scheduler.schedule(() => {
    isRestarted = true;
    for (const server of servers) server.last().close(code);
  }, HOUR_MS / 2);
  scheduler.flush();
  return { attempts, opened };
};

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const playAll = (): void => {
  print(`${CLIENTS} clients, attempts in each second after the end of their lines (virtual time):\n`);
  const seconds = Array.from({ length: SLOTS }, (_, slot) => `${slot}–${slot + 1} s`);
  print(row(['the server', ...seconds, 'later', 'all attempts', 'last open']));
  print(row(['---', ...Array.from({ length: SLOTS + 3 }, () => '---:')]));
  for (const restart of RESTARTS) {
    const { attempts, opened } = attemptsAt(restart);
    const slots = Array.from({ length: SLOTS + 1 }, () => 0);
    for (const at of attempts) {
      const slot = Math.min(Math.floor(at / SLOT_MS), SLOTS);
      slots[slot] = (slots[slot] ?? 0) + 1;
    }
    print(row([restart.title, ...slots, attempts.length, `${(Math.max(...opened) / 1_000).toFixed(1)} s`]));
  }
};

const isUp = (client: Client): Promise<unknown> =>
  firstValueFrom(client.status$.pipe(filter(({ state }) => state === 'connected')));

/** The same with real sockets, a real server and a real clock. */
const restartForReal = async (): Promise<void> => {
  const server = await startServer({ seed: 1 });
  const clients = Array.from({ length: CLIENTS }, (_, index) =>
    createClient({
      apiSpaceId: server.apiSpaceId,
      urlBase: server.urlBase,
      webSocketBase: server.webSocketBase,
      webSocketCtor: nodeWebSocket(),
      getToken: () => server.issueToken(`p${index}`),
    }),
  );
  const opened: number[] = [];
  let attempts = 0;
  clients.forEach((client) => client.connect());
  await Promise.all(clients.map(isUp));
  for (const { status$ } of clients) {
    status$.subscribe(({ state }) => {
      if (state === 'connecting') attempts += 1;
    });
  }

  const back = clients.map((client) =>
    firstValueFrom(client.reconnected$).then(({ downMs }) => opened.push(downMs)),
  );
  await server.restart();
  await Promise.all(back);

  const sorted = [...opened].sort((a, b) => a - b);
  const at = (share: number): string =>
    `${((sorted[Math.floor(share * (CLIENTS - 1))] ?? 0) / 1_000).toFixed(1)} s`;
  print(`\n${CLIENTS} clients over real sockets, one process for all of them and the server:\n`);
  print(row(['attempts', 'half are back', '95 of 100', 'the last']));
  print(row(['---:', '---:', '---:', '---:']));
  print(row([attempts, `${(median(opened) / 1_000).toFixed(1)} s`, at(0.95), at(1)]));
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
};

playAll();
await restartForReal();

// How fast a worker is, as a share of reading and JSON-parsing the same pages with fetch and nothing else.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '../../lib/client/createClient.js';
import { startServer } from '../../lib/server/startServer.js';
import { nodeWebSocket } from '../../lib/transport/nodeWebSocket.js';
import type { CursorStore } from '../../lib/worker/CursorStore.js';
import { levelCursorStore } from '../../lib/worker/levelCursorStore.js';
import { memoryCursorStore } from '../../lib/worker/memoryCursorStore.js';
import { runWorker } from '../../lib/worker/runWorker.js';

interface Place {
  readonly apiSpaceId: string;
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly token: string;
  readonly ids: readonly string[];
}

const CONVERSATIONS = 20;
const EVENTS = 20_000;
const PAGE = 100;
const AT_ONCE = 4;
const RUNS = 5;

/** The server, in a process of its own. */
const serve = async (): Promise<void> => {
  const { apiSpaceId, urlBase, webSocketBase, ...server } = await startServer();
  const ids = Array.from({ length: CONVERSATIONS }, () =>
    server.createConversation({ participants: ['archivist', 'bob'] }),
  );
  for (let said = 0; said < EVENTS; said += 1) {
    server.publish(ids[said % CONVERSATIONS] ?? '', { from: 'bob', text: `This is message number ${said}.` });
  }
  const token = server.issueToken('archivist');
  const place: Place = { apiSpaceId, urlBase, webSocketBase, token, ids };
  process.send?.(place);
  // Whoever asked may end in the middle.
  process.once('disconnect', () => {
    server.close().then(
      () => process.exit(),
      () => process.exit(1),
    );
  });
};

/** The floor: pages, read and parsed, a few at a time. */
const bare = async ({ urlBase, apiSpaceId, token, ids }: Place): Promise<void> => {
  const waiting = [...ids];
  const readAll = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (let from = 0, size = PAGE; size === PAGE; from += PAGE) {
        const url = `${urlBase}/apispaces/${apiSpaceId}/conversations/${id}/events?from=${from}&limit=${PAGE}`;
        const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
        const page: unknown = JSON.parse(await answer.text());
        size = Array.isArray(page) ? page.length : 0;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readAll));
};

const worker =
  (open: () => CursorStore) =>
  async ({ apiSpaceId, urlBase, webSocketBase, token, ids }: Place): Promise<void> => {
    const client = createClient({
      ...{ apiSpaceId, urlBase, webSocketBase, webSocketCtor: nodeWebSocket(), getToken: () => token },
      history: { pageSize: PAGE, maxConcurrent: AT_ONCE },
    });
    let handled = 0;
    await new Promise<void>((resolve, reject) => {
      const run = runWorker({
        client,
        conversations: ids,
        store: open(),
        handle: () => {
          handled += 1;
          if (handled === EVENTS) void run.stop();
        },
      });
      run.done.then(resolve, reject);
    });
    await client.close();
  };

const timed = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

const tell = (values: readonly number[], digits: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(digits);
  return `${at(0.5)} (${at(0)} to ${at(1)})`;
};

const compare = async (): Promise<void> => {
  const server = fork(fileURLToPath(import.meta.url), ['--serve']);
  const [place] = (await once(server, 'message')) as [Place];
  const home = await mkdtemp(path.join(tmpdir(), 'comapi-rx-bench-'));
  let stores = 0;
  const kinds = {
    memory: worker(memoryCursorStore),
    level: worker(() => levelCursorStore(path.join(home, String((stores += 1))))),
  };

  console.log(
    `${EVENTS} events of ${CONVERSATIONS} conversations, pages of ${PAGE}; median (least to most)\n`,
  );
  console.log('| store | events/s | share of reading and parsing the pages bare |\n| --- | ---: | ---: |');
  await bare(place);
  for (const [name, work] of Object.entries(kinds)) {
    const rates: number[] = [];
    const shares: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      // Side by side, so that what else the machine does is felt by both.
      const floor = await timed(() => bare(place));
      const ours = await timed(() => work(place));
      rates.push((EVENTS / ours) * 1_000);
      shares.push(floor / ours);
    }
    console.log(`| ${name} | ${tell(rates, 0)} | ${tell(shares, 2)} |`);
  }
  await rm(home, { recursive: true });
  server.kill();
};

await (process.argv.includes('--serve') ? serve() : compare());

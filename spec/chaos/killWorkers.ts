import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { seededRandom } from '../support/seededRandom.js';
import type { ChaosOrders } from './ChaosOrders.js';
import { judgeEffects, type Verdict } from './judgeEffects.js';

export interface KillOptions {
  readonly conversations: number;
  readonly events: number;
  readonly kills: number;
  readonly seed: number;
  /** The worker's program. */
  readonly program: string;
  /** How long the last life may take to do what is left. */
  readonly patienceMs: number;
}

export interface KillReport extends Verdict {
  /** By `SIGKILL`, and among them those between an effect and its commit. */
  readonly kills: number;
  readonly killsBeforeCommit: number;
  readonly elapsedMs: number;
  readonly faults: Readonly<Record<string, number>>;
}

/**
 * Lets a worker handle all events of many conversations, and kills it again and again: at random moments, and
 * between an effect and its commit. Meanwhile more is said, over a line that loses, repeats and swaps frames.
 */
export const killWorkers = async (options: KillOptions): Promise<KillReport> => {
  const { conversations, events, kills, seed, program, patienceMs } = options;
  const random = seededRandom(seed);
  const home = await mkdtemp(path.join(tmpdir(), 'comapi-rx-chaos-'));
  const effects = path.join(home, 'effects');
  const server = await startServer({ seed });
  const started = performance.now();
  let child: ChildProcess | undefined;

  try {
    server.setFaults({ lose: 0.02, repeat: 0.02, swap: 0.02 });
    const ids = Array.from({ length: conversations }, () =>
      server.createConversation({ participants: ['archivist', 'bob'] }),
    );
    const publish = publisher(server, ids, events);
    publish(Math.floor(events / 4));

    const begin = (life: number, dieAfter?: number): ChildProcess => {
      const { apiSpaceId, urlBase, webSocketBase } = server;
      const orders: ChaosOrders = {
        ...{ life, apiSpaceId, urlBase, webSocketBase, effects, store: path.join(home, 'store') },
        token: server.issueToken('archivist'),
        ...(dieAfter !== undefined && { dieAfter }),
      };
      return spawn(process.execPath, [program, JSON.stringify(orders)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
    };

    let killsBeforeCommit = 0;
    const share = Math.ceil(((events * 3) / 4 / kills) * 1.1);
    for (let life = 0; life < kills; life += 1) {
      publish(share);
      // Every other one dies by its own hand, at a moment that a killer from outside would seldom hit.
      const diesItself = life % 2 === 0;
      child = begin(life, diesItself ? 1 + Math.floor(random() * share) : undefined);
      const exited = once(child, 'exit');
      // The cursors of some lives are lost in the middle of the start, of others in the middle of the work.
      const killed = new AbortController();
      const killing = wait(diesItself ? patienceMs : 200 + random() * 1_500, undefined, {
        signal: killed.signal,
      }).then(() => child?.kill('SIGKILL'));
      const [code, signal] = (await exited) as [number | null, string | null];
      killed.abort();
      await killing.catch(() => undefined);
      if (signal !== 'SIGKILL') throw new Error(`Life ${life} ended by itself, with code ${String(code)}.`);
      if (diesItself) killsBeforeCommit += 1;
    }

    publish(events);
    child = begin(kills);
    const exited = once(child, 'exit');
    const counts = new Map(ids.map((id) => [id, server.events(id).length]));
    await untilDone({ effects, events, patienceMs });
    child.kill('SIGTERM');
    await exited;
    const verdict = judgeEffects((await readFile(effects, 'utf8')).trimEnd().split('\n'), counts);
    return {
      ...verdict,
      kills,
      killsBeforeCommit,
      elapsedMs: performance.now() - started,
      faults: server.faultCounts,
    };
  } finally {
    child?.kill('SIGKILL');
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
};

/** Says so many more events, at most as many as there are to be, each in a conversation in turn. */
const publisher = (
  server: LocalServer,
  ids: readonly string[],
  events: number,
): ((count: number) => void) => {
  let said = 0;
  return (count) => {
    for (const end = Math.min(said + count, events); said < end; said += 1) {
      server.publish(ids[said % ids.length] ?? '', { from: 'bob', text: `message ${said}` });
    }
  };
};

interface UntilDoneOptions extends Pick<KillOptions, 'events' | 'patienceMs'> {
  readonly effects: string;
}

/** Waits until the file names every event; gives up, without a word, when it takes too long. */
const untilDone = async ({ effects, events, patienceMs }: UntilDoneOptions): Promise<void> => {
  const deadline = performance.now() + patienceMs;
  const keys = new Set<string>();
  let read = 0;
  while (keys.size < events && performance.now() < deadline) {
    await wait(100);
    const { size } = await stat(effects).catch(() => ({ size: 0 }));
    if (size > read) {
      const lines = createInterface(createReadStream(effects, { start: read, end: size - 1 }));
      for await (const line of lines) keys.add(line.slice(line.indexOf(' ') + 1));
      read = size;
    }
  }
};

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../../../lib/server/startServer.js';
import { startBroker } from '../../worker/jetstream/broker.js';
import { seededRandom } from '../../support/seededRandom.js';
import { buildRole } from './buildRole.js';
import type { ChaosRole } from './ChaosRole.js';
import { inspectEffects, inspectLog } from './inspectChaos.js';

export interface ChaosOptions {
  readonly events: number;
  readonly conversations: number;
  readonly bridges: number;
  readonly processors: number;
  /** Events a second that are said on the platform. */
  readonly rate: number;
  /** Mean time between two blows, in ms. */
  readonly blowEveryMs: number;
  readonly ackWaitMs: number;
  /** How long a handler takes for an effect. */
  readonly effectMs: number;
  readonly seed: number;
  /** Gives up after so long, in ms. */
  readonly limitMs: number;
  readonly say?: (line: string) => void;
}

export interface ChaosResult {
  readonly violations: readonly string[];
  readonly events: number;
  readonly kills: Readonly<Record<'bridge' | 'processor' | 'broker', number>>;
  readonly pauses: Readonly<Record<'bridge' | 'processor' | 'broker', number>>;
  /** Effects that were made for an event that had one already. */
  readonly repeats: number;
  /** Handlings that began as a second or later attempt. */
  readonly redeliveries: number;
  readonly seconds: number;
}

interface Member {
  readonly kind: 'bridge' | 'processor';
  child: ChildProcess;
  isPaused: boolean;
}

/**
 * Lets bridges and processors run, with a platform that loses, repeats and swaps frames, while all of them and the
 * broker are killed and paused without notice; then reads, with nothing of this library in between, what is there.
 */
export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const {
    events,
    conversations,
    bridges,
    processors,
    rate,
    blowEveryMs,
    ackWaitMs,
    effectMs,
    seed,
    limitMs,
  } = options;
  const say = options.say ?? (() => undefined);
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const dice = seededRandom(seed);
  const directory = mkdtempSync(path.join(tmpdir(), 'comapi-rx-chaos-'));
  const effectsFile = path.join(directory, 'effects');
  writeFileSync(effectsFile, '');
  const program = await buildRole();
  const broker = await startBroker();
  const server = await startServer({ seed });
  const ids = Array.from({ length: conversations }, (_, index) => NAMES[index] ?? `conversation ${index}`);
  for (const id of ids) server.createConversation({ id, participants: ['archivist', 'bob'] });
  server.setFaults({ lose: 0.02, repeat: 0.02, swap: 0.02 });

  const kills = { bridge: 0, processor: 0, broker: 0 };
  const pauses = { bridge: 0, processor: 0, broker: 0 };
  const violations: string[] = [];
  let isOver = false;

  const start = (kind: Member['kind']): ChildProcess => {
    const role: ChaosRole = {
      kind,
      brokerPort: broker.port,
      space: 'chaos',
      ackWaitMs,
      effectMs,
      apiSpaceId: server.apiSpaceId,
      urlBase: server.urlBase,
      webSocketBase: server.webSocketBase,
      token: server.issueToken('archivist'),
      conversations: ids,
      effectsFile,
    };
    const child = spawn(process.execPath, ['--enable-source-maps', program, JSON.stringify(role)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2_000);
    });
    child.once('exit', (code, signal) => {
      if (!isOver && signal !== 'SIGKILL') violations.push(`A ${kind} ended with code ${code}: ${words}`);
    });
    return child;
  };
  const members: Member[] = [
    ...Array.from({ length: bridges }, () => 'bridge' as const),
    ...Array.from({ length: processors }, () => 'processor' as const),
  ].map((kind) => ({ kind, child: start(kind), isPaused: false }));

  const talk = async (): Promise<void> => {
    for (let said = 0; said < events && !isOver;) {
      const due = Math.min(events, Math.floor((elapsed() / 1_000) * rate));
      for (; said < due; said += 1) {
        const id = ids[said % conversations] ?? '';
        server.publish(id, { from: 'bob', text: `Nr ${said}` });
      }
      await sleep(20);
    }
    say(`all ${events} events said after ${(elapsed() / 1_000).toFixed(0)} s`);
  };
  const pause = async (member: Member): Promise<void> => {
    const { child, kind } = member;
    member.isPaused = true;
    child.kill('SIGSTOP');
    pauses[kind] += 1;
    await sleep(ackWaitMs * (0.3 + 1.5 * dice()));
    child.kill('SIGCONT');
    member.isPaused = false;
  };
  const blow = async (): Promise<void> => {
    const member = members[Math.floor(dice() * members.length)];
    const roll = dice();
    if (roll < 0.06) {
      kills.broker += 1;
      await broker.restart();
    } else if (roll < 0.12) {
      pauses.broker += 1;
      broker.signal('SIGSTOP');
      await sleep(ackWaitMs * (0.2 + dice()));
      broker.signal('SIGCONT');
    } else if (member !== undefined && !member.isPaused) {
      if (roll < 0.4) {
        // It goes on beside the other blows.
        void pause(member);
      } else {
        kills[member.kind] += 1;
        member.child.kill('SIGKILL');
        member.child = start(member.kind);
      }
    }
  };
  /** A second or two in which all have come up, so that there is something to break. */
  const storm = async (): Promise<void> => {
    await sleep(1_500);
    while (!isOver && !isHandled()) {
      await sleep(blowEveryMs * (0.5 + dice()));
      // Peace at the end: what is left must get done without a further blow.
      if (elapsed() < limitMs / 2) await blow();
    }
  };

  // Reads only what is new: the file grows to many megabytes.
  const done = new Set<string>();
  let readTo = 0;
  const isHandled = (): boolean => {
    if (existsSync(effectsFile) && statSync(effectsFile).size > readTo) {
      const text = readFileSync(effectsFile).subarray(readTo).toString();
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      readTo += Buffer.byteLength(whole);
      for (const line of whole.split('\n')) if (line !== '') done.add(keyIn(line));
    }
    return done.size >= events;
  };

  const stormy = storm();
  await talk();
  let told = 0;
  while (!isHandled() && elapsed() < limitMs) {
    await sleep(200);
    if (elapsed() - told > 15_000) {
      told = elapsed();
      say(`${done.size} of ${events} handled after ${(told / 1_000).toFixed(0)} s`);
    }
  }
  isOver = true;
  await stormy;
  for (const { child } of members) child.kill('SIGKILL');
  broker.signal('SIGCONT');
  const seconds = elapsed() / 1_000;

  const truth = new Map(
    ids.map((id) => [id, server.events(id).map(({ conversationEventId }) => conversationEventId)] as const),
  );
  violations.push(...(await inspectLog(broker.port, truth)));
  const { repeats, redeliveries, ...effects } = inspectEffects(readFileSync(effectsFile, 'utf8'), truth);
  violations.push(...effects.violations);
  if (redeliveries === 0) violations.push('Nothing was delivered twice: this run has shown nothing.');
  if (kills.bridge + kills.processor === 0 || kills.broker + pauses.broker === 0) {
    violations.push('Nobody was killed: this run has shown nothing.');
  }

  await server.close();
  await broker.close();
  rmSync(directory, { recursive: true, force: true });
  return { violations, events, kills, pauses, repeats, redeliveries, seconds };
};

/** Some of the conversations have names that mean something to a broker. */
const NAMES = [
  '*',
  '>',
  'a.b',
  'a_002eb',
  'two words',
  'ünïcödé ✓ 🦄',
  '$JS.API',
  '...',
  'a/b',
  'x'.repeat(500),
];

const keyIn = (line: string): string => (JSON.parse(line) as { readonly key: string }).key;

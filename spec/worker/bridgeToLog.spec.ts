import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BehaviorSubject } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { bridgeToLog, type BridgeOptions } from '../../lib/worker/bridgeToLog.js';
import type { EventLog } from '../../lib/worker/EventLog.js';
import type { WorkerRun, WorkerStats } from '../../lib/worker/WorkerRun.js';
import { localClient } from '../journey/localClient.js';
import { until } from '../journey/until.js';
import { memoryEventLog } from './memoryEventLog.js';

describe('bridgeToLog', () => {
  let server: LocalServer;
  let clients: Client[] = [];
  let runs: WorkerRun[] = [];

  beforeEach(async () => {
    server = await startServer({ seed: 11 });
  });
  afterEach(async () => {
    await Promise.all(runs.map((run) => run.stop({ timeoutMs: 100 })));
    await Promise.all(clients.map((client) => client.close()));
    clients = [];
    runs = [];
    known.clear();
    await server.close();
  });

  const bridge = (options: Pick<BridgeOptions, 'log'> & Partial<BridgeOptions>): WorkerRun => {
    const client = localClient(server, 'archivist', { login: 'getToken' });
    clients.push(client);
    const run = bridgeToLog({ client, conversations: 'mine', ...options });
    runs.push(run);
    return run;
  };
  const known = new Set<string>();
  const converse = (id: string, count: number): void => {
    if (!known.has(id)) server.createConversation({ id, participants: ['archivist', 'bob'] });
    known.add(id);
    for (let left = count; left > 0; left -= 1) server.publish(id, { from: 'bob', text: `${left} to go` });
  };
  const caughtUp = (run: WorkerRun, handled: number): Promise<WorkerStats> =>
    until(run.stats$, (stats) => stats.handled >= handled && stats.lag === 0);

  it('writes what was said and what is being said, over a bad line, each once and in order', async () => {
    server.setFaults({ lose: 0.2, repeat: 0.2, swap: 0.2, holes: 0.1 });
    converse('a.b', 20);
    converse('*', 20);
    const log = memoryEventLog();
    const run = bridge({ log });
    const has = (id: string): boolean => log.eventsOf(id).length === server.events(id).length;
    await until(run.stats$, () => has('*'));
    converse('*', 20);
    await until(run.stats$, () => has('*') && has('a.b'));

    expect(log.eventsOf('a.b')).toEqual(server.events('a.b'));
    expect(log.eventsOf('*')).toEqual(server.events('*'));
    expect(server.faultCounts['holes']).toBeGreaterThan(0);
  });

  it('does not crowd around a signal, which Node takes for a leak', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `room ${index}`);
    for (const name of names) converse(name, 1);
    const memory = memoryEventLog();
    const waiting = new BehaviorSubject(0);
    let crowd = 0;
    const log: EventLog = {
      ...memory,
      append: async (event, after, signal) => {
        signal?.addEventListener('abort', () => undefined);
        waiting.next(waiting.value + 1);
        await until(waiting, (count) => count === names.length);
        if (signal !== undefined) crowd = Math.max(crowd, getEventListeners(signal, 'abort').length);
        return memory.append(event, after);
      },
    };

    const run = bridge({ log });
    await caughtUp(run, names.length);

    expect(crowd).toBeLessThan(5);
  });

  it('may run more than once at the same time', async () => {
    converse('a', 30);
    const log = memoryEventLog();
    const both = [bridge({ log }), bridge({ log }), bridge({ log })];
    await Promise.all(both.map((run) => caughtUp(run, 0)));
    converse('a', 30);
    await Promise.all(both.map((run) => until(run.stats$, () => log.eventsOf('a').length === 60)));

    expect(log.eventsOf('a')).toEqual(server.events('a'));
  });

  it('goes on where the log ends', async () => {
    converse('a', 10);
    const log = memoryEventLog();
    const first = bridge({ log });
    await caughtUp(first, 10);
    await first.stop();
    converse('a', 5);
    const second = bridge({ log });

    expect(await caughtUp(second, 5)).toMatchObject({ handled: 5, conversations: 1 });
    expect(log.eventsOf('a')).toEqual(server.events('a'));
  });

  it('fills a log again that has lost its end', async () => {
    converse('a', 10);
    let log = memoryEventLog();
    const losing: EventLog = {
      ...log,
      append: (...event) => log.append(...event),
      last: (id) => log.last(id),
    };
    const run = bridge({ log: losing });
    await caughtUp(run, 10);
    const before = log.eventsOf('a').slice(0, 4);
    log = memoryEventLog();
    for (const [index, event] of before.entries()) {
      await log.append(event, before[index - 1]?.conversationEventId ?? 'baseline');
    }
    converse('a', 1);
    await until(run.stats$, () => log.eventsOf('a').length === 11);

    expect(log.eventsOf('a')).toEqual(server.events('a'));
  });

  it('asks again as long as the log cannot say, and counts that', async () => {
    converse('a', 3);
    const log = memoryEventLog();
    let failures = 0;
    const failing = (): boolean => {
      failures += 1;
      return failures % 3 !== 0;
    };
    const lost = new ComapiError({ kind: 'timeout', message: 'No answer.' });
    const run = bridge({
      log: {
        ...log,
        // The first time it is appended, and nobody says so.
        append: async (...event) => {
          const result = await log.append(...event);
          if (failing()) throw lost;
          return result;
        },
        last: (id) => (failing() ? Promise.reject(new Error('whatever')) : log.last(id)),
      },
    });
    const { retried } = await caughtUp(run, 3);

    expect(retried).toBeGreaterThan(0);
    expect(log.eventsOf('a')).toEqual(server.events('a'));
  });

  it('ends when the log says no', async () => {
    converse('a', 3);
    const refused = new ComapiError({ kind: 'refused', message: 'The broker refused: too big.' });
    const run = bridge({ log: { ...memoryEventLog(), append: () => Promise.reject(refused) } });

    await expect(run.done).rejects.toMatchObject({
      name: 'LogError',
      message: 'The log cannot be written: The broker refused: too big.',
      cause: refused,
    });
  });

  it('leaves out a conversation that cannot be followed, and says so', async () => {
    converse('a', 3);
    server.createConversation({ id: 'secret', participants: ['bob'] });
    const log = memoryEventLog();
    const told: unknown[] = [];
    const run = bridge({
      log,
      conversations: ['a', 'secret'],
      onConversationError: (id, { code }) => told.push([id, code]),
    });
    await caughtUp(run, 3);
    await until(run.stats$, ({ conversations }) => conversations === 1);

    expect(told).toEqual([['secret', 'forbidden']]);
  });

  it('stops in time, though the log does not answer', async () => {
    converse('a', 3);
    const run = bridge({ log: { ...memoryEventLog(), append: () => new Promise(() => undefined) } });
    await until(run.stats$, ({ inFlight }) => inFlight === 1);
    await run.stop({ timeoutMs: 1 });

    await expect(run.done).resolves.toBeUndefined();
  });

  it('ends with its client', async () => {
    converse('a', 3);
    const run = bridge({ log: memoryEventLog() });
    await caughtUp(run, 3);
    await Promise.all(clients.map((client) => client.close()));

    await expect(run.done).resolves.toBeUndefined();
  });

  it('refuses options that can only be a mistake', () => {
    const log = memoryEventLog();
    const client = localClient(server, 'archivist', { login: 'getToken' });
    clients.push(client);

    // @ts-expect-error -- What a program without types may do.
    expect(() => bridgeToLog({ client, conversations: 'mine' })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => bridgeToLog({ client, log: {}, conversations: 'mine' })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => bridgeToLog({ client, log })).toThrow(TypeError);
    // @ts-expect-error -- What a program without types may do.
    expect(() => bridgeToLog({ client, log, conversations: 'all' })).toThrow(TypeError);
    expect(() => bridgeToLog({ client, log, conversations: [''] })).toThrow(RangeError);
  });
});

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A NATS server of our own: a real one, on a port and with a directory that nobody else has. */
export interface Broker {
  readonly port: number;
  /** Kills it like a power cut of the process, or stops and continues it in its tracks. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it as who runs it would: it writes down what it knows, and is gone. */
  stop(): Promise<void>;
  /** Kills it, if it runs, and starts it again on the same port with what it had stored. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = 'nats-server';
/** Debian puts it where only root's PATH looks. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };

/** Whether there is a NATS server here. */
export const hasBroker = spawnSync(PROGRAM, ['--version'], { env }).status === 0;

/** It reads what it had stored before it answers, which takes its time on a busy machine. */
const PATIENCE_MS = 60_000;

/** Starts one. `config` is text for its configuration file. */
export const startBroker = async ({ jetStream = true, config = '' } = {}): Promise<Broker> => {
  const directory = mkdtempSync(path.join(tmpdir(), 'comapi-rx-nats-'));
  const configFile = path.join(directory, 'nats.conf');
  writeFileSync(configFile, config);
  const port = await freePort();
  const flags = ['-a', '127.0.0.1', '-p', String(port), '-c', configFile];
  const stored = jetStream ? ['-js', '-sd', path.join(directory, 'store')] : [];

  const run = async (): Promise<ChildProcess> => {
    const child = spawn(PROGRAM, [...flags, ...stored], { stdio: 'ignore', env });
    await answersOn(port, child);
    return child;
  };
  const end = async (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };

  let child = await run();
  return {
    port,
    signal: (signal) => {
      child.kill(signal);
      if (signal === 'SIGSTOP') untilStopped(child.pid);
    },
    stop: () => end(child, 'SIGTERM'),
    restart: async () => {
      await end(child, 'SIGKILL');
      child = await run();
    },
    close: async () => {
      await end(child, 'SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** The signal is sent, and a program that is at work goes on for a moment. Where there is no telling, it is believed. */
const untilStopped = (pid = 0): void => {
  const file = `/proc/${pid}/stat`;
  while (existsSync(file) && /\) [RSD] /.test(readFileSync(file, 'utf8'))) continue;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

/** A NATS server speaks first: it sends INFO to whoever connects. */
const answersOn = async (port: number, child: ChildProcess): Promise<void> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${PROGRAM} ended with code ${child.exitCode}.`);
    if (performance.now() > until) throw new Error(`${PROGRAM} does not answer on port ${port}.`);
    if (await saysHello(port)) return;
  }
};

const saysHello = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const end = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', end(true));
    socket.once('error', () => setTimeout(end(false), 10));
    socket.once('close', end(false));
  });

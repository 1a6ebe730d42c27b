import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL of one's own. */
export interface Postgres {
  /** What clients look at: `PGHOST` and so on. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Debian keeps each version in a place of its own, which is not in the path. */
const DEBIAN = '/usr/lib/postgresql';

/** Where its programs are; `undefined` where there are none. */
export const postgresPrograms = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => path.join(DEBIAN, version, 'bin')), ...pathFolders()];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))),
  );
};

const pathFolders = (): readonly string[] => (process.env['PATH'] ?? '').split(path.delimiter);

/** Makes a cluster in a directory that goes with it, and starts it on a free port of this machine. */
export const startPostgres = async (programs: string): Promise<Postgres> => {
  const home = mkdtempSync(path.join(tmpdir(), 'comapi-rx-postgres-'));
  // It refuses to run as root, so root lends it to nobody.
  const owner = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (owner.uid !== undefined) chownSync(home, owner.uid, owner.gid);
  const folder = path.join(home, 'cluster');
  const options = { ...owner, cwd: home, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' } };
  execFileSync(
    path.join(programs, 'initdb'),
    ['-D', folder, '-U', 'archive', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...options, stdio: 'ignore' },
  );

  const port = await freePort();
  const server = spawn(
    path.join(programs, 'postgres'),
    ['-D', folder, '-p', String(port), '-k', '', '-h', '127.0.0.1'],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await untilReady(createInterface(server.stderr));
  server.stderr.resume();

  return {
    env: { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'archive', PGDATABASE: 'postgres' },
    close: async () => {
      const gone = once(server, 'exit');
      server.kill('SIGINT');
      await gone;
      await rm(home, { recursive: true, force: true });
    },
  };
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
};

const untilReady = async (lines: AsyncIterable<string>): Promise<void> => {
  const said: string[] = [];
  for await (const line of lines) {
    said.push(line);
    if (line.includes('ready to accept connections')) return;
  }
  throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`);
};

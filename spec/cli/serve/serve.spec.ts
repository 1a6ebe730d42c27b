import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../lib/cli/runCommand.js';
import { bundled } from '../../support/bundled.js';
import { fakeTerminal } from '../fakeTerminal.js';

const folder = mkdtempSync(path.join(tmpdir(), 'serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Addresses {
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  readonly jwtUrl: string;
}

/** Runs `serve --json` in this process until `use` is done with it, and returns its exit code. */
const served = async (
  args: readonly string[],
  use: (addresses: Addresses) => Promise<unknown> = () => Promise.resolve(),
): Promise<number> => {
  const terminal = fakeTerminal();
  const code = runCommand(['serve', '--json', ...args], terminal);
  while (!terminal.out().includes('\n')) await once(terminal, 'written');
  await use(JSON.parse(terminal.out()) as Addresses);
  terminal.emit('SIGTERM');
  return code;
};

const startOf = async ({ urlBase, apiSpaceId }: Addresses): Promise<Readonly<Record<string, string>>> => {
  const response = await fetch(`${urlBase}/apispaces/${apiSpaceId}/sessions/start`);
  return (await response.json()) as Readonly<Record<string, string>>;
};

/** Logs in with a JWT of its own making, and returns the status of that. */
const logIn = async (addresses: Addresses, profile: string): Promise<Response> => {
  const { urlBase, apiSpaceId, jwtUrl } = addresses;
  const { authenticationId, nonce = '' } = await startOf(addresses);
  const jwt = await fetch(`${jwtUrl}?${new URLSearchParams({ profile, nonce }).toString()}`);
  return fetch(`${urlBase}/apispaces/${apiSpaceId}/sessions`, {
    method: 'POST',
    body: JSON.stringify({ authenticationId, authenticationToken: await jwt.text() }),
  });
};

describe('comapi-rx serve', () => {
  it('tells its addresses, for people', async () => {
    const terminal = fakeTerminal();
    const code = runCommand(['serve', '--space', 'garden'], terminal);
    await once(terminal, 'written');
    terminal.emit('SIGINT');

    expect(await code).toBe(0);
    expect(terminal.out()).toMatch(/^urlBase {8}http:\/\/127\.0\.0\.1:\d+\nwebSocketBase {2}ws:/);
    expect(terminal.out()).toContain('apiSpaceId     garden\n');
    expect(terminal.out()).toContain('/jwt?profile=PROFILE&nonce=NONCE\n');
    expect(['SIGINT', 'SIGTERM'].map((signal) => terminal.listenerCount(signal))).toEqual([0, 0]);
  });

  it('signs, and lets in whom it has signed for', async () => {
    let session: unknown;
    const code = await served([], async (addresses) => {
      session = await (await logIn(addresses, 'ann')).json();
    });

    expect(code).toBe(0);
    expect(session).toMatchObject({ session: { profileId: 'ann' } });
  });

  it('keeps what is in its file', async () => {
    const data = path.join(folder, 'journal');
    let token = '';
    await served(['--data', data], async (addresses) => {
      ({ token } = (await (await logIn(addresses, 'ann')).json()) as { token: string });
    });
    const statuses: number[] = [];
    await served(['--data', data], async ({ urlBase, apiSpaceId }) => {
      const headers = { Authorization: `Bearer ${token}` };
      statuses.push((await fetch(`${urlBase}/apispaces/${apiSpaceId}/conversations`, { headers })).status);
    });

    expect(statuses).toEqual([200]);
  });

  it('does what it is told wrong, and signs all the same', async () => {
    const faults = { answer: { status: 503, times: 1, path: '/sessions$' } };
    const statuses: number[] = [];
    await served(['--faults', JSON.stringify(faults)], async (addresses) => {
      statuses.push((await logIn(addresses, 'ann')).status, (await logIn(addresses, 'ann')).status);
    });

    expect(statuses).toEqual([503, 200]);
  });

  it('ends at once though its faults have cuts to come', async () => {
    expect(await served(['--faults', 'mild'])).toBe(0);
  });

  it.each([
    [['--loud'], "Unknown option '--loud'"],
    [['now'], 'unexpected argument number 1'],
    [['--port', '70000'], '--port takes a whole number from 0 to 65535'],
    [['--space', ''], '--space must not be empty'],
    [['--host', ''], '--host must not be empty'],
    [['--faults', 'some'], '--faults takes none, mild, wild or a JSON object'],
    [['--faults', '[]'], '--faults takes none, mild, wild or a JSON object'],
    [['--faults', '{"answer":{"status":500,"path":"("}}'], '--faults takes none, mild, wild'],
    [['--faults', '{"loose":1}'], "--faults: There is no fault 'loose'."],
    [['--faults', '{"lose":2}'], "--faults: The fault 'lose' has to be a number from 0 to 1."],
    [['--data', path.join(folder, 'no', 'such', 'folder')], 'cannot be used: what leads to it is not there.'],
    [['--data', folder], 'cannot be used: it is a directory.'],
    [['--host', '192.0.2.1'], 'cannot be had (EADDRNOTAVAIL)'],
  ])('says in one line what is wrong with %j', async (args, sentence) => {
    const terminal = fakeTerminal();

    expect(await runCommand(['serve', ...args], terminal)).toBe(2);
    expect(terminal.err()).toContain(sentence);
    expect(terminal.err()).toMatch(/^comapi-rx: [^\n]+\n$/);
    expect(terminal.out()).toBe('');
  });

  it('says in one line that a file is no journal, and leaves it as it is', async () => {
    const data = path.join(folder, 'letter');
    writeFileSync(data, 'Dear Bob,\n');
    const terminal = fakeTerminal();

    expect(await runCommand(['serve', '--data', data], terminal)).toBe(2);
    expect(terminal.err()).toMatch(/^comapi-rx: --data: Line 1 [^\n]+\n$/);
  });

  it('says in one line that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const terminal = fakeTerminal();

    const code = await runCommand(['serve', '--port', String(port)], terminal);
    taken.close();

    expect(code).toBe(2);
    expect(terminal.err()).toMatch(/^comapi-rx: port \d+ of 127\.0\.0\.1 cannot be had \(EADDRINUSE\)/);
  });
});

describe('comapi-rx serve as a process', () => {
  let program = '';
  beforeAll(() => {
    program = bundled('lib/cli.ts');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 0 at %s, and its port is free', async (signal) => {
    const child = spawn(process.execPath, [program, 'serve', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const addresses = JSON.parse(line) as Addresses;
    const { status } = await logIn(addresses, 'ann');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    const next = createServer().listen(Number(new URL(addresses.urlBase).port), '127.0.0.1');
    await once(next, 'listening');
    next.close();

    expect(status).toBe(200);
    expect(code).toBe(0);
  });
});

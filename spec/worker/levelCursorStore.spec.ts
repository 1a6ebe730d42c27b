import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { levelCursorStore } from '../../lib/worker/levelCursorStore.js';
import { bundled } from '../support/bundled.js';
import { cursorStoreContract } from './cursorStoreContract.js';

let home = '';

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'comapi-rx-cursors-'));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

/** Every file below, with what is in it. */
const contentsOf = async (directory: string): Promise<unknown> => {
  const names = await readdir(directory, { recursive: true });
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const file = path.join(directory, name);
      return [name, (await stat(file)).isFile() ? await readFile(file, 'hex') : undefined];
    }),
  );
  return Object.fromEntries(files);
};

/** A store with one cursor, closed. */
const filledStore = async (): Promise<string> => {
  const directory = path.join(home, 'store');
  const store = levelCursorStore(directory);
  await store.commit(new Map([['garden', 7]]));
  await store.close();
  return directory;
};

describe('levelCursorStore', () => {
  cursorStoreContract(() => {
    const directory = path.join(home, 'deep', 'store');
    return { open: () => levelCursorStore(directory), survives: true };
  });

  it('touches nothing before it is used', async () => {
    levelCursorStore(path.join(home, 'store'));

    expect(await readdir(home)).toEqual([]);
  });

  it('never moves back when commits overlap', async () => {
    const store = levelCursorStore(home);

    await Promise.all([store.commit(new Map([['a', 7]])), store.commit(new Map([['a', 3]]))]);
    await store.close();
    const next = levelCursorStore(home);

    expect([...(await next.load())]).toEqual([['a', 7]]);
    await next.close();
  });

  it('goes on where a first start was cut off', async () => {
    const directory = await filledStore();
    await rm(path.join(directory, 'comapi-rx-cursors'));
    const store = levelCursorStore(directory);

    expect((await store.load()).get('garden')).toBe(7);
    await store.close();
  });

  it('refuses a directory that holds something else, and leaves it alone', async () => {
    await writeFile(path.join(home, 'notes.txt'), 'mine');
    const before = await contentsOf(home);

    await expect(levelCursorStore(home).load()).rejects.toThrow(/is no cursor store, and it is not empty\.$/);
    await expect(levelCursorStore(home).commit(new Map([['a', 1]]))).rejects.toThrow(/no cursor store/);

    expect(await contentsOf(home)).toEqual(before);
  });

  it.each<[string, string, RegExp]>([
    ['a newer version has written', '2\n', /was written by a newer version/],
    ['does not say what it is', 'what\n', /is damaged/],
  ])('refuses a store that %s, and leaves it alone', async (_what, format, complaint) => {
    const directory = await filledStore();
    await writeFile(path.join(directory, 'comapi-rx-cursors'), format);
    const before = await contentsOf(directory);

    await expect(levelCursorStore(directory).load()).rejects.toThrow(complaint);

    expect(await contentsOf(directory)).toEqual(before);
  });

  it.each<[string, (database: string) => Promise<unknown>]>([
    ['is gone', (database) => rm(database, { recursive: true })],
    ['has lost its beginning', (database) => rm(path.join(database, 'CURRENT'))],
    ['begins with nonsense', (database) => writeFile(path.join(database, 'CURRENT'), 'nonsense')],
    [
      'has become a file',
      async (database) => {
        await rm(database, { recursive: true });
        await writeFile(database, '');
      },
    ],
  ])('refuses a store whose database %s, and makes no new one', async (_what, damage) => {
    const directory = await filledStore();
    await damage(path.join(directory, 'level'));

    await expect(levelCursorStore(directory).load()).rejects.toThrow(/cannot be read as a cursor store/);
    await expect(levelCursorStore(directory).load()).rejects.toThrow(/cannot be read as a cursor store/);
  });

  it('can be used again once what was in its way is gone', async () => {
    const directory = path.join(home, 'store');
    await mkdir(directory);
    await writeFile(path.join(directory, 'notes.txt'), '');
    const store = levelCursorStore(directory);
    await expect(store.load()).rejects.toThrow(/no cursor store/);

    await rm(path.join(directory, 'notes.txt'));

    expect((await store.load()).size).toBe(0);
    await store.close();
  });

  it.each<[string, string, string]>([
    ['is a file', 'notes.txt', 'part of what leads to it is a file'],
    ['lies in a file', 'notes.txt/store', 'part of what leads to it is a file'],
    ['has a name that no disk takes', 'n'.repeat(300), 'its name is too long'],
    ['would move a cursor', 'notes.txt/\u001b[31m\u202e', 'part of what leads to it is a file'],
  ])('refuses a path that %s, in one sentence', async (_what, below, reason) => {
    await writeFile(path.join(home, 'notes.txt'), 'mine');
    const directory = path.join(home, below);
    const shown = JSON.stringify(directory).replace('\u202e', '\\u202e');

    await expect(levelCursorStore(directory).load()).rejects.toThrow(
      new Error(`The directory ${shown} cannot hold a cursor store: ${reason}.`),
    );
    expect(await readFile(path.join(home, 'notes.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['it may not write in', 0o555],
    ['it may not look into', 0],
  ])('refuses a directory that %s, in one sentence', async (_what, mode) => {
    const directory = path.join(home, 'theirs');
    await mkdir(directory);
    await chmod(home, 0o755);
    await chmod(directory, mode);
    const program = bundled('spec/worker/openStore.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program, directory]);
    await chmod(directory, 0o755);

    expect(stdout).toBe(
      `The directory ${JSON.stringify(directory)} cannot hold a cursor store: this user may not use it.\n`,
    );
    expect(await readdir(directory)).toEqual([]);
  });

  it.each(['', 'a\0b'])('refuses a directory that can be none, at the call: %j', (directory) => {
    expect(() => levelCursorStore(directory)).toThrow(TypeError);
  });
});

describe('levelCursorStore, with processes', () => {
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
  });

  const kill = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const program = bundled('spec/worker/cursorWriter.ts');
  const run = (...args: readonly string[]) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator]() };
  };

  it('loses nothing that was durable when its process is killed', async () => {
    let durable = 0;
    for (const commits of [1, 5, 20, 50]) {
      const { child, lines } = run(home);
      const loaded = await lines.next();
      expect(Number(String(loaded.value).replace('loaded ', ''))).toBeGreaterThanOrEqual(durable);
      for (let count = 0; count < commits; count += 1) durable = Number((await lines.next()).value);

      await kill(child);
    }
    const store = levelCursorStore(home);

    expect(durable).toBeGreaterThanOrEqual(76);
    expect((await store.load()).get('garden')).toBeGreaterThanOrEqual(durable);
    await store.close();
  });

  it('refuses a second process with one clear error, until the first is gone', async () => {
    const { child, lines } = run(home, 'hold');
    await lines.next();
    const store = levelCursorStore(home);

    await expect(store.load()).rejects.toThrow(/is in use by another worker/);
    await kill(child);

    expect((await store.load()).size).toBe(0);
    await store.close();
  });
});

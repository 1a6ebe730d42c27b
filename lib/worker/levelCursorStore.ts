import type { ClassicLevel } from 'classic-level';
import { checkKinds, type Kind, required } from '../fault/checkKinds.js';
import { isJsonObject } from '../wire/JsonObject.js';
import type { CursorStore } from './CursorStore.js';
import { CURSOR_MAP, isCursorMap } from './isCursorMap.js';
import { levelDirectory, makeDirectory, named } from './levelDirectory.js';
import { loadClassicLevel } from './loadClassicLevel.js';

type Database = ClassicLevel<Buffer>;

interface OpenStore {
  readonly database: Database;
  /** What is on the disk. */
  readonly cursors: Map<string, number>;
}

/**
 * Keeps cursors in a directory, so that they survive the process, however it ends.
 *
 * A commit is on the disk when it resolves. One process at a time can have the store open; another is refused with
 * one error, and so is a directory that holds something else, that is damaged, that a newer version has written, or
 * that the system does not let us use: nothing in it is touched. It opens with the first call, and again with the first
 * one after `close()`.
 *
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { levelCursorStore } from 'comapi-rx/node';
 *
 * const directory = await mkdtemp(join(tmpdir(), 'cursors-'));
 * const store = levelCursorStore(directory);
 * await store.commit(new Map([['garden', 7]]));
 * await assert.rejects(levelCursorStore(directory).load(), /in use/);
 * await store.close();
 *
 * const next = levelCursorStore(directory);
 * assert.deepEqual([...(await next.load())], [['garden', 7]]);
 * await next.close();
 * await rm(directory, { recursive: true });
 * ```
 *
 * @param directory Made if it is not there, with what leads to it. It needs the package `classic-level`.
 */
export const levelCursorStore = (directory: string): CursorStore => {
  checkKinds({ directory }, { directory: required(DIRECTORY) });
  let store: OpenStore | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One at a time, whoever calls: a store that is being closed is not opened meanwhile. */
  const inTurn = <A>(step: () => Promise<A>): Promise<A> => {
    const next = last.then(step, step);
    last = next;
    return next;
  };
  const opened = async (): Promise<OpenStore> => (store ??= await openStore(directory));

  return {
    load: () => inTurn(async () => new Map((await opened()).cursors)),
    commit: (batch) => {
      // What could not be read again would make the whole store unreadable.
      if (!isCursorMap(batch)) return Promise.reject(new RangeError(`A batch must be ${CURSOR_MAP}.`));
      // As it is now: whoever goes on filling it means another batch.
      const wanted = [...batch];
      return inTurn(async () => {
        const { database, cursors } = await opened();
        const higher = wanted.filter(([id, position]) => position > (cursors.get(id) ?? -Infinity));
        if (higher.length === 0) return;
        await database.batch(
          higher.map(([id, position]) => ({ type: 'put', key: keyOf(id), value: String(position) })),
          { sync: true },
        );
        for (const [id, position] of higher) cursors.set(id, position);
      });
    },
    close: () =>
      inTurn(async () => {
        const closing = store;
        store = undefined;
        await closing?.database.close();
      }),
  };
};

const DIRECTORY: Kind = {
  name: 'the path of a directory',
  fits: (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
};

const openStore = async (directory: string): Promise<OpenStore> => {
  const { ClassicLevel } = await loadClassicLevel();
  const { location, isNew, seal } = await levelDirectory(directory);
  if (isNew) await makeDirectory(directory);
  const database: Database = new ClassicLevel(location, {
    keyEncoding: 'buffer',
    valueEncoding: 'utf8',
    createIfMissing: isNew,
  });
  try {
    await database.open();
    if (isNew) await seal();
    return { database, cursors: await readAll(database) };
  } catch (cause) {
    await database.close().catch(() => undefined);
    throw new Error(`${named(directory)} ${complaintOf(cause)}.`, { cause });
  }
};

const readAll = async (database: Database): Promise<Map<string, number>> => {
  const cursors = new Map<string, number>();
  for await (const [key, value] of database.iterator()) {
    const position = Number(value);
    if (value.trim() === '' || !Number.isSafeInteger(position)) throw new Error('A cursor is no number.');
    cursors.set(idOf(key), position);
  }
  return cursors;
};

const complaintOf = (cause: unknown): string =>
  codes(cause).includes('LEVEL_LOCKED')
    ? 'is in use by another worker: a cursor store can be open once'
    : 'cannot be read as a cursor store; nothing in it was changed';

const codes = (error: unknown): readonly unknown[] =>
  isJsonObject(error) ? [error['code'], ...codes(error['cause'])] : [];

// Every string, half a surrogate pair included, has bytes of its own in UTF-16. Not so in UTF-8.
const keyOf = (id: string): Buffer => Buffer.from(`=${id}`, 'utf16le');
const idOf = (key: Buffer): string => key.toString('utf16le').slice(1);

import { access, constants, mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { escapeJson } from '../fault/escapeText.js';
import { systemReason } from '../fault/systemReason.js';
import { isJsonObject } from '../wire/JsonObject.js';

/** Beside the database: what this directory is. It is written last, so what has it is whole. */
const MARKER = 'comapi-rx-cursors';
const DATABASE = 'level';
const FORMAT = 1;

/** A directory that is, or may become, a cursor store. */
export interface LevelDirectory {
  /** Where the database is. */
  readonly location: string;
  /** Whether the database is to be made; else it has to be there. */
  readonly isNew: boolean;
  /** Says that the database is made. To be called while it is open, so that nobody else does the same. */
  seal(): Promise<void>;
}

/**
 * Looks at a directory and changes nothing in it.
 *
 * @throws An `Error` for one that holds something else, was written by a newer version, or cannot be looked at.
 */
export const levelDirectory = (directory: string): Promise<LevelDirectory> =>
  inOurWords(directory, () => lookAt(directory));

const lookAt = async (directory: string): Promise<LevelDirectory> => {
  const location = path.join(directory, DATABASE);
  const marker = path.join(directory, MARKER);
  const format = await textOf(marker);
  if (format === undefined) {
    // A database without the marker is left from a start that was cut off before anything was kept in it.
    const others = (await namesIn(directory)).filter((name) => ![DATABASE, `${MARKER}.new`].includes(name));
    if (others.length > 0) throw new Error(`${named(directory)} is no cursor store, and it is not empty.`);
  } else if (Number(format) !== FORMAT) {
    const isNewer = Number(format) > FORMAT;
    throw new Error(
      isNewer
        ? `${named(directory)} was written by a newer version of comapi-rx.`
        : `${named(directory)} is damaged: it does not say which format it has.`,
    );
  }
  return {
    location,
    isNew: format === undefined,
    seal: async () => {
      await writeDurably(`${marker}.new`, `${FORMAT}\n`);
      await rename(`${marker}.new`, marker);
      await syncDirectory(directory);
    },
  };
};

/** Makes the directory, for the user alone, if it is not there. Throws an `Error` where nothing can be written. */
export const makeDirectory = (directory: string): Promise<void> =>
  inOurWords(directory, async () => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  });

export const named = (directory: string): string => `The directory ${escapeJson(directory)}`;

/** What the system has against it becomes one sentence. Its own error quotes the path as it is, and is dropped. */
const inOurWords = async <A>(directory: string, step: () => Promise<A>): Promise<A> => {
  try {
    return await step();
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new Error(`${named(directory)} cannot hold a cursor store: ${reason}.`);
  }
};

const textOf = async (file: string): Promise<string | undefined> => {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

const namesIn = async (directory: string): Promise<readonly string[]> => {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

const writeDurably = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A rename is durable when its directory is. Windows has no such thing, and no need of it. */
const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
};

const isMissing = (error: unknown): boolean => isJsonObject(error) && error['code'] === 'ENOENT';

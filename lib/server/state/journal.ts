import { closeSync, fchmodSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { isRight } from '#fp-ts/Either';
import { escapeJson } from '../../fault/escapeText.js';
import { systemReason } from '../../fault/systemReason.js';
import { Change } from './Change.js';

export interface Journal {
  /** What was written before, in order. */
  readonly changes: readonly Change[];
  /** Throws when the journal is closed, or the disk is full. */
  write(change: Change): void;
  close(): void;
}

/** A journal on no disk. */
export const noJournal: Journal = { changes: [], write: () => {}, close: () => {} };

/**
 * Opens a file of changes, one JSON record a line, only ever added to.
 *
 * A change is with the operating system when `write` returns, so it survives the death of this process. A last
 * line without its end, torn by such a death, is cut off: nobody was ever answered for it. The file holds what
 * people wrote and the secret that signs sessions, so only its owner may read it.
 *
 * @throws Error when the file cannot be opened, or when a whole line of it is no change.
 */
export const openJournal = (path: string): Journal => {
  const file = openFile(path);
  try {
    fchmodSync(file, 0o600);
    const bytes = readFileSync(file);
    const end = bytes.lastIndexOf(newline) + 1;
    const lines = bytes.subarray(0, end).toString().split('\n').slice(0, -1);
    const changes = lines.map(readChange);
    if (end < bytes.length) ftruncateSync(file, end);
    let isOpen = true;
    return {
      changes,
      write: (change) => {
        if (!isOpen) throw new Error('The server is closed: its journal takes nothing more.');
        append(file, change);
      },
      close: () => {
        isOpen = false;
        closeSync(file);
      },
    };
  } catch (error) {
    closeSync(file);
    throw inOurWords(path, error);
  }
};

const openFile = (path: string): number => {
  try {
    return openSync(path, 'a+', 0o600);
  } catch (error) {
    throw inOurWords(path, error);
  }
};

/** The system's own error quotes the path as it is, and is dropped. */
const inOurWords = (path: string, error: unknown): unknown => {
  const reason = systemReason(error);
  return reason === undefined
    ? error
    : new Error(`The journal ${escapeJson(path)} cannot be used: ${reason}.`);
};

const newline = 0x0a;

const readChange = (line: string, index: number): Change => {
  const decoded = Change.decode(parsed(line));
  if (isRight(decoded)) return decoded.right;
  throw new Error(`Line ${index + 1} of the journal is not a record of this server.`);
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** A line that could not be written whole is taken back, or the next one would go on in the middle of it. */
const append = (file: number, change: Change): void => {
  const line = Buffer.from(`${JSON.stringify(change)}\n`);
  const { size } = fstatSync(file);
  try {
    for (let written = 0; written < line.length;) written += writeSync(file, line, written);
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  }
};

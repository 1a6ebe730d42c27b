import { existsSync, readFileSync } from 'node:fs';
import { UsageError } from '../UsageError.js';

/** One file of the page, in memory. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const FILES = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/style.css', 'style.css', 'text/css; charset=utf-8'],
  ['/main.js', 'main.js', 'text/javascript; charset=utf-8'],
  ['/icon.svg', 'icon.svg', 'image/svg+xml'],
] as const;

/** Reads the page that the build has made, by the paths at which a browser asks for its files. */
export const readPage = (
  folder = new URL('../../../web/', import.meta.url),
): ReadonlyMap<string, PageFile> => {
  if (!existsSync(new URL('index.html', folder))) {
    throw new UsageError('the page has not been built: run `npm run build` first');
  }
  return new Map(
    FILES.map(([path, name, type]) => [path, { type, bytes: readFileSync(new URL(name, folder)) }]),
  );
};

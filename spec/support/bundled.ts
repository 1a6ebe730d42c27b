import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Tests and scripts are run from there. */
const ROOT = process.cwd();

/**
 * Makes a program of a TypeScript file of this repository, to be run as a process of its own.
 *
 * @param entry Path below the root of the repository.
 * @returns Path of an ES module. It is inside `node_modules`, so that what it imports is found.
 */
export const bundled = (entry: string): string => {
  const outfile = path.join(ROOT, 'node_modules/.cache/comapi-rx', `${entry.replaceAll(/[/.]/g, '-')}.mjs`);
  const doors = ['angular', 'node', 'server', 'testing', 'worker'].map((door) => [
    `comapi-rx/${door}`,
    `./lib/${door}.ts`,
  ]);
  execFileSync(
    path.join(ROOT, 'node_modules/.bin/esbuild'),
    [
      entry,
      `--outfile=${outfile}`,
      ...['--bundle', '--platform=node', '--format=esm', '--packages=external', '--log-level=error'],
      ...[...doors, ['comapi-rx', './lib/index.ts']].map(([name, file]) => `--alias:${name}=${file}`),
    ],
    { cwd: ROOT },
  );
  return outfile;
};

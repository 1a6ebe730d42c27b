import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll } from '@jest/globals';

const folder = mkdtempSync(path.join(tmpdir(), 'child-server-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program in a process of its own, which can be killed. It has `startServer`, and `require`. */
export const childServer = async (program: string): Promise<ChildProcessByStdio<null, Readable, null>> => {
  const bundle = path.join(folder, 'server.cjs');
  const esbuild = path.resolve('node_modules/.bin/esbuild');
  await promisify(execFile)(esbuild, ['lib/server.ts', '--bundle', '--platform=node', `--outfile=${bundle}`]);
  const whole = `const { startServer } = require(${JSON.stringify(bundle)});\n${program}`;
  return spawn(process.execPath, ['-e', whole], { stdio: ['ignore', 'pipe', 'inherit'] });
};

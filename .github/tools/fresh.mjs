// Builds when dist is missing or older than what it is made of, and is silent and quick otherwise.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

process.chdir(path.resolve(import.meta.dirname, '../..'));

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
// Folders count too: they change when a file in them goes.
const under = (folder) =>
  [folder].concat(readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)));
const inputs = [
  ...['lib', 'docs/examples/chat'].flatMap(under),
  'package.json',
  'tsconfig.json',
  '.github/tools/build.mjs',
];

if (Math.max(...inputs.map(changedAt)) > changedAt('dist/built')) await import('./build.mjs');

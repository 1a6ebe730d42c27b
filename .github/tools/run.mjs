// Runs a TypeScript file of this repository that is no test: `node .github/tools/run.mjs spec/bench/merge.ts --flag`.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [script, ...flags] = process.argv.slice(2);
// Inside node_modules, so that what it imports is found, and nothing of it is ever committed.
const outfile = path.resolve(
  import.meta.dirname,
  '../../node_modules/.cache/comapi-rx',
  `${path.basename(script)}.mjs`,
);

await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
});
process.argv = [process.argv[0], script, ...flags];
await import(pathToFileURL(outfile).href);

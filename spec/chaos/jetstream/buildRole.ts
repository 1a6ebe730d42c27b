import path from 'node:path';
import { build } from 'esbuild';

/** Makes a program of what bridges and processors do, and gives its path: inside node_modules, where its imports are. */
export const buildRole = async (): Promise<string> => {
  const outfile = path.resolve('node_modules/.cache/comapi-rx/chaosMember.mjs');
  await build({
    entryPoints: ['spec/chaos/jetstream/member.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
  });
  return outfile;
};

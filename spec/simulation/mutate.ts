import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { MergeFunctions } from './mergeWorld.js';
import type { Mutant } from './mutants.js';

const HISTORY = path.resolve('lib/history');

/** Builds the merge core anew with the mistake in it. */
export const mutate = async ({ name, file, replace, by }: Mutant): Promise<MergeFunctions> => {
  const mutated = path.join(HISTORY, `${file}.ts`);
  const source = readFileSync(mutated, 'utf8');
  if (source.split(replace).length !== 2) throw new Error(`${name}: is not to be found once in ${file}.ts`);

  const { outputFiles } = await build({
    entryPoints: [path.join(HISTORY, 'mergeCore.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'mutation',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, ({ path: loaded }) =>
            loaded === mutated ? { contents: source.replace(replace, () => by), loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  const text = outputFiles[0]?.text ?? '';
  return (await import(
    `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`
  )) as MergeFunctions;
};

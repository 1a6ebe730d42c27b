import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './runCommand.js';

/** The example application, installed and built away from this repository, so that it finds nothing of it. */
export interface BuiltChat {
  readonly folder: string;
  /** What is to be served. */
  readonly site: string;
  /** What it weighs, for people. */
  readonly cost: string;
}

const EXAMPLE = 'docs/examples/angular-chat';

/**
 * Packs the library, installs the example with it, and builds it as production.
 *
 * @throws When a step fails, and when the build has something to say against it.
 */
export const builtChat = async (folder: string): Promise<BuiltChat> => {
  cpSync(EXAMPLE, folder, {
    recursive: true,
    filter: (file) => !/[/\\](node_modules|dist|\.angular)$/.test(file),
  });
  const packed = await runCommand('npm', [
    'pack',
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    folder,
  ]);
  cpSync(path.join(folder, packed.trim()), path.join(folder, 'comapi-rx.tgz'));
  await runCommand('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], folder);

  const said = await runCommand('npm', ['run', '--silent', 'build'], folder);
  if (/warning|deprecated/i.test(said)) throw new Error(`The build of ${EXAMPLE} warns:\n${said}`);
  const site = path.join(folder, 'dist/angular-chat/browser');
  return { folder, site, cost: costOf(path.join(folder, 'dist/angular-chat/stats.json'), said) };
};

/** What esbuild says of the bundle, as far as it matters here. */
interface Stats {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

const costOf = (file: string, said: string): string => {
  // Written by the build a moment ago, in the format of esbuild's metafile.
  const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as Stats;
  const bytes = (name: RegExp): string => {
    const parts = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
    const sum = parts
      .filter(([input]) => name.test(input))
      .reduce((all, [, part]) => all + part.bytesInOutput, 0);
    return `${(sum / 1_000).toFixed(1)} kB`;
  };
  const own = bytes(/node_modules\/comapi-rx\//);
  const peers = bytes(/node_modules\/(rxjs|io-ts|fp-ts)\//);
  const angular = bytes(/node_modules\/@angular\//);
  const total = /Initial total.*/.exec(said)?.[0].replaceAll(/[\s|]+/g, ' ') ?? '';
  return `comapi-rx ${own}, rxjs, io-ts and fp-ts ${peers}, Angular ${angular}, minified; ${total} gzipped`;
};

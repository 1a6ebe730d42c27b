import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ColdDecoding } from './coldDecoding.js';
import { coldStart } from './coldStart.js';
import type { Decoding } from './decoding.js';
import type { Following } from './following.js';
import type { GoalName } from './goals.js';
import { hearers, type Loopback, overLoopback } from './overLoopback.js';
import { ask } from './program.js';
import { type Figure, reportOf } from './report.js';
import { type Spread, spreadOf } from './sideBySide.js';
import { sizes } from './sizes.js';

const DOCS = 'docs/performance.md';
const PEERS = 'spec/bench/peers';

const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`);

/** A figure that is the same each time. */
const exactly = (value: number): Spread => spreadOf([value]);
const inverse = ({ low, median, high }: Spread): Spread => ({
  low: 1 / high,
  median: 1 / median,
  high: 1 / low,
});

/** Cold processes have one measurement each, so there are many of them, in turn. */
const coldRatios = async (rounds: number): Promise<{ readonly ours: Spread; readonly ioTs: Spread }> => {
  const times = { parse: [] as number[], decodeFrame: [] as number[], ioTs: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['parse', 'decodeFrame', 'ioTs'] as const) {
      // It is what coldDecoding.ts answers with.
      times[name].push(((await ask('coldDecoding.ts', { args: [name] })) as ColdDecoding).firstHundredMs);
    }
  }
  const ratios = (of: readonly number[]): Spread =>
    spreadOf(of.map((ms, round) => ms / (times.parse[round] ?? NaN)));
  return { ours: ratios(times.decodeFrame), ioTs: ratios(times.ioTs) };
};

const among = (loopback: Loopback, of: keyof Loopback['ours']): Figure => {
  const others = hearers.filter((hearer) => hearer !== 'ours' && hearer !== 'bareWs');
  return {
    ours: loopback.ours[of],
    others: Object.fromEntries(others.map((hearer) => [labels[hearer], loopback[hearer][of]])),
  };
};

const labels = {
  rxjsFilters: 'rxjs `webSocket` and filters',
  vendorSdk: 'vendor SDK',
  socketIo: 'socket.io',
  centrifuge: 'centrifuge',
} as const;

const measureAll = async (): Promise<string> => {
  say('decoding');
  // Each is what the file answers with.
  const { good, bad } = (await ask('decoding.ts')) as Decoding;
  say('cold processes');
  const cold = await coldRatios(24);
  say('ten thousand conversations');
  const following = (await ask('following.ts')) as Following;
  say('sizes and start');
  const weights = await sizes();
  const start = coldStart(10);
  say('over loopback, four rounds of six contenders');
  const loopback = await overLoopback();

  const figures: Readonly<Record<GoalName, Figure>> = {
    decode: {
      ours: inverse(good.decodeFrame),
      others: { 'io-ts': inverse(good.ioTs), zod: inverse(good.zod) },
    },
    split: { ours: inverse(good.client), others: {} },
    cold: { ours: cold.ours, others: { 'io-ts': cold.ioTs } },
    bad: { ours: bad.decodeFrame, others: { 'io-ts': bad.ioTs, zod: bad.zod } },
    calm: among(loopback, 'calm'),
    flood: among(loopback, 'flood'),
    latency: among(loopback, 'addedP50'),
    routing: { ours: following.growth, others: { 'a `filter` for each': following.growthOfFilters } },
    memory: {
      ours: exactly(following.routerAndMergeBytes),
      others: {
        'with all that a client has for it': exactly(following.clientBytes),
        'filter, filter, map': exactly(following.filtersBytes),
      },
    },
    size: {
      ours: exactly(weights.ours / 1_000),
      others: Object.fromEntries(
        Object.entries({ 'the three dependencies alone': weights.dependencies, ...weights.peers }).map(
          ([name, bytes]) => [name, exactly(bytes / 1_000)],
        ),
      ),
    },
    // Not measured here: spec/client and spec/journey hold the line to it, in virtual and in real time.
    halfOpen: { ours: exactly(18), others: {} },
  };
  const p99 = hearers
    .filter((hearer) => hearer !== 'bareWs')
    .map(
      (hearer) =>
        `${hearer === 'ours' ? 'comapi-rx' : labels[hearer]} ${loopback[hearer].addedP99.median.toFixed(1)} ms`,
    );

  return [
    reportOf(figures),
    '',
    `Latency added at p99, on a machine where another process may take the processor for longer: ${p99.join(', ')}.`,
    '',
    `Loading in a fresh process: comapi-rx takes ${start.ours.median.toFixed(0)} ms of processor time, of which rxjs takes ${start.rxjs.median.toFixed(0)}; the vendor's SDK takes ${start.vendorSdk.median.toFixed(0)}.`,
  ].join('\n');
};

const mergeTable = (): string => {
  say('the merge');
  return execFileSync(process.execPath, ['--expose-gc', '.github/tools/run.mjs', 'spec/bench/merge.ts'], {
    encoding: 'utf8',
  }).trim();
};

/** Puts the results between two marks of the page, so that what people wrote around them stays. */
const publish = (name: string, results: string): void => {
  const page = readFileSync(DOCS, 'utf8');
  const [begin, end] = [`<!-- ${name}: written by \`npm run bench\` -->`, `<!-- ${name}: end -->`];
  const [before = '', rest = ''] = page.split(begin);
  const [, after = ''] = rest.split(end);
  writeFileSync(DOCS, `${before}${begin}\n\n${results}\n\n${end}${after}`);
};

if (!existsSync(`${PEERS}/node_modules`)) {
  say('installing the peers');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
}
const results = await measureAll();
console.log(results);
publish('figures', results);
const merge = mergeTable();
console.log(`\n${merge}`);
publish('merge', merge);
execFileSync(process.execPath, [
  'node_modules/prettier/bin/prettier.cjs',
  '--log-level',
  'error',
  '--write',
  DOCS,
]);
process.exit(0);

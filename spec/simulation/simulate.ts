import { parseArgs } from 'node:util';
import { catchMutant } from './catchMutant.js';
import { runMergeWorld } from './mergeWorld.js';
import { MUTANTS } from './mutants.js';
import { describeWorld, shrink } from './shrink.js';

/** Prints what comes of the worlds; whether they were all without a violation. */
const runWorlds = (from: number, seeds: number): boolean => {
  const started = performance.now();
  let events = 0;
  let requests = 0;
  const failing: number[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = runMergeWorld(seed);
    events += result.emitted;
    requests += result.requests;
    if (result.violations.length > 0) failing.push(seed);
  }
  const seconds = (performance.now() - started) / 1_000;

  for (const seed of failing.slice(0, 3)) console.log(describeWorld(seed, shrink(seed)));
  console.log(
    `${seeds} worlds from seed ${from} in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(0)} a second): ` +
      `${events} events, ${requests} requests, ${failing.length} worlds with a violation.`,
  );
  return failing.length === 0;
};

/** Prints the table of mutants; whether all were caught. */
const runMutants = async (most: number): Promise<boolean> => {
  const caught = await Promise.all(MUTANTS.map((mutant) => catchMutant(mutant, most)));
  console.log('| mistake | caught by | after worlds |\n| --- | --- | ---: |');
  MUTANTS.forEach(({ name }, index) => {
    const { invariant, seeds } = caught[index] ?? { invariant: '**not caught**', seeds: most };
    console.log(`| ${name} | ${invariant} | ${seeds} |`);
  });
  return caught.every((each) => each !== undefined);
};

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    mutants: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
const isGood = values.mutants ? await runMutants(seeds) : runWorlds(Number(values.from), seeds);
if (!isGood) process.exitCode = 1;

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { status, sentFrom } from '../support/frames.js';
import { gardenWith, last, watchGarden } from '../support/gardenWorld.js';
import { settled } from '../support/virtualTime.js';

/** How many messages a screen holds. */
const SIZES = [100, 1_000, 10_000];
/** Each is of another message, so that at every size each of them changes one, and shows the list anew. */
const STATUSES = 100;
const RUNS = 25;

interface Circumstances {
  /** After how many emissions somebody looks at the messages: a screen that draws once a frame leaves most out. */
  readonly readEvery: number;
  readonly isSettled: boolean;
}

const CASES: readonly (Circumstances & { readonly name: string })[] = [
  { name: 'nobody reads the list, memory has settled', readEvery: Infinity, isSettled: true },
  { name: 'nobody reads the list, memory is fresh', readEvery: Infinity, isSettled: false },
  { name: 'one list in ten is read, memory has settled', readEvery: 10, isSettled: true },
  { name: 'one list in ten is read, memory is fresh', readEvery: 10, isSettled: false },
  { name: 'each list is read, memory has settled', readEvery: 1, isSettled: true },
  { name: 'each list is read, memory is fresh', readEvery: 1, isSettled: false },
];

/**
 * Makes memory what it is after a while: what a screen holds is not moved about any more, and what is new goes where
 * something was before. Else the first use of each page of memory is measured, as it is on a page just opened.
 */
const settleMemory = (): void => {
  setFlagsFromString('--expose-gc');
  for (let times = 0; times < 2; times += 1) runInNewContext('gc()');
  for (let bytes = 0; bytes < 64_000_000; bytes += 80_000) new Array(10_000).fill(bytes);
};

/** The best of several runs: all others were disturbed. */
const best = (numbers: readonly number[] = []): number => Math.min(...numbers);

/** The whole way of one status, from the text on the socket to the list that is shown, in microseconds. */
const costOfStatus = async (count: number, { readEvery, isSettled }: Circumstances): Promise<number> => {
  const world = await gardenWith(sentFrom(0, count - 1));
  const timeline = watchGarden(world, { pageSize: count, windowLimit: count });
  await settled();
  if (last(timeline).messages.length !== count) throw new Error('Not all of them are shown.');
  timeline.unsubscribe();

  let emissions = 0;
  let shown = 0;
  const subscription = world.client
    .conversation('garden')
    .timeline({ windowLimit: count })
    .subscribe((next) => {
      emissions += 1;
      if (emissions % readEvery === 0) shown += next.messages.length;
    });
  await settled();
  const frames = Array.from({ length: STATUSES }, (_, index) =>
    JSON.stringify(status(count + index, `m${(index * 7_919) % count}`)),
  );
  if (isSettled) settleMemory();
  const before = { emissions, shown };
  const startedAt = performance.now();
  for (const frame of frames) world.receive(frame);
  const tookMs = performance.now() - startedAt;
  if (emissions - before.emissions !== STATUSES) throw new Error('Not every status was shown by itself.');
  const read = Math.floor(emissions / readEvery) - Math.floor(before.emissions / readEvery);
  if (shown - before.shown !== read * count) throw new Error('Not every list was whole.');
  subscription.unsubscribe();
  await world.client.close();
  return (tookMs * 1_000) / STATUSES;
};

for (const circumstances of CASES) {
  const costs = new Map<number, number[]>(SIZES.map((size) => [size, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const size of SIZES) costs.get(size)?.push(await costOfStatus(size, circumstances));
  }
  console.log(`A status, from its frame to the list that is shown: ${circumstances.name}`);
  const [base = NaN] = SIZES.map((size) => best(costs.get(size)));
  for (const size of SIZES) {
    const cost = best(costs.get(size));
    console.log(
      `  among ${String(size).padStart(6)} messages: ${cost.toFixed(1).padStart(6)} us, ${(cost / base).toFixed(2)}x`,
    );
  }
}

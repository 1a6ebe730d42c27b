import { runInNewContext } from 'node:vm';
import { NEVER, type Observable, of, scan, Subject } from 'rxjs';
import { createMergeCore } from '../../lib/history/mergeCore.js';
import { mergeHistory } from '../../lib/history/mergeHistory.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { seededRandom } from '../support/seededRandom.js';

interface Item {
  readonly id: number;
}

/** A stream of items put in order; what a program would write. */
type Merge = (live$: Observable<Item>) => Observable<unknown>;

const RUNS = 7;

/** Items in order, but for a share of neighbours that have changed places. */
const feed = (count: number, disorder: number): readonly Item[] => {
  const random = seededRandom(count);
  const items = Array.from({ length: count }, (_, id) => ({ id }));
  for (let index = 0; index < count - 1; index += 1) {
    const [first, second] = [items[index], items[index + 1]];
    if (random() >= disorder / 2 || first === undefined || second === undefined) continue;
    items[index] = second;
    items[index + 1] = first;
    index += 1;
  }
  return items;
};

/** The floor: what came is pushed to an array, in whatever order. */
const push: Merge = (live$) => live$;

const merged: Merge = (live$) =>
  mergeHistory<Item>({ live$, fetch: () => of([]), positionOf: ({ id }) => id }).events$;

/** As it is often written: all that came is kept, sorted and freed of duplicates at each event. */
const naive: Merge = (live$) =>
  live$.pipe(
    scan<Item, readonly Item[]>(
      (all, item) =>
        [...all.filter(({ id }) => id !== item.id), item].sort((first, second) => first.id - second.id),
      [],
    ),
  );

const timeOf = (items: readonly Item[], merge: Merge): number => {
  const live$ = new Subject<Item>();
  const out: unknown[] = [];
  const subscription = merge(live$).subscribe((item) => out.push(item));
  const started = performance.now();
  for (const item of items) live$.next(item);
  const elapsed = performance.now() - started;
  subscription.unsubscribe();
  return elapsed;
};

const ratiosToFloor = (items: readonly Item[], merge: Merge, runs: number): readonly number[] => {
  timeOf(items, push);
  timeOf(items, merge);
  // Side by side, so that what else the machine does is felt by both.
  return Array.from({ length: runs }, () => timeOf(items, merge) / timeOf(items, push)).sort((a, b) => a - b);
};

const tell = (ratios: readonly number[]): string => {
  const at = (share: number): string => (ratios[Math.floor(share * (ratios.length - 1))] ?? NaN).toFixed(1);
  return `${at(0.5)} (${at(0)} to ${at(1)})`;
};

const compare = (): void => {
  console.log('Merging live events, as a multiple of pushing them to an array; median (least to most)\n');
  console.log(
    '| events | disorder | mergeHistory | sort and filter at each event |\n| ---: | ---: | ---: | ---: |',
  );
  for (const count of [1e4, 1e5, 1e6]) {
    for (const disorder of [0, 0.01, 0.1]) {
      const items = feed(count, disorder);
      const ours = tell(ratiosToFloor(items, merged, RUNS));
      const theirs = count > 1e4 ? 'too slow' : tell(ratiosToFloor(items.slice(0, 3_000), naive, 1));
      console.log(`| ${count} | ${disorder * 100} % | ${ours} | ${theirs} |`);
    }
  }
};

/** 100,000 events with holes, while further ones come live. */
const catchUp = (): void => {
  const random = seededRandom(1);
  const log = Array.from({ length: 108_000 }, (_, id) => id).filter(() => random() > 0.08);
  const settings = mergeSettings({});
  let asked: { readonly from: number; readonly ticket: number } | undefined;
  let requests = 0;
  let emitted = 0;
  let mostHeld = 0;
  const core = createMergeCore<number>(-1, settings, {
    emit: () => {
      emitted += 1;
      mostHeld = Math.max(mostHeld, core.heldCount);
    },
    fetch: (from, _limit, ticket) => {
      requests += 1;
      asked = { from, ticket };
    },
    hole: () => undefined,
    discontinuity: () => undefined,
    late: () => undefined,
    locate: () => undefined,
    end: () => undefined,
  });
  core.start(0);
  core.open(0);
  const started = performance.now();
  let next = 0;
  for (let now = 0; core.status.state !== 'live' && asked !== undefined; now += 5) {
    const { from, ticket } = asked;
    while ((log[next] ?? Infinity) < from) next += 1;
    const page = log.slice(next, next + settings.pageSize);
    // As long as there is a page to read, another event comes live meanwhile.
    const newest = (log.at(-1) ?? 0) + 1;
    if (page.length === settings.pageSize) {
      log.push(newest);
      core.live(newest, newest, undefined, now);
    }
    const items = page.map((id) => ({ position: id, item: id, at: id * 1_000 }));
    core.page(ticket, items, { servedAt: 1e12 }, now);
  }
  const perEvent = ((performance.now() - started) / emitted) * 1_000;
  console.log(
    `\nCatching up with ${emitted} events, 8 % holes: ${requests} requests of ${settings.pageSize}, ` +
      `at most ${mostHeld} items held, ${perEvent.toFixed(2)} µs an event.`,
  );
};

/** What the merge keeps of an event that it has handed out. */
const retain = (): void => {
  // The flag that merge.mjs sets holds for contexts that are made after it.
  const gc = runInNewContext('gc') as () => void;
  const live$ = new Subject<Item>();
  const subscription = mergeHistory<Item>({
    live$,
    fetch: () => NEVER,
    positionOf: ({ id }) => id,
  }).events$.subscribe();
  const measure = (from: number, to: number): number => {
    for (let id = from; id < to; id += 1) live$.next({ id });
    gc();
    return process.memoryUsage().heapUsed;
  };
  const before = measure(0, 1e5);
  const after = measure(1e5, 1.1e6);
  subscription.unsubscribe();
  console.log(`Kept of an event that was handed out: ${((after - before) / 1e6).toFixed(3)} bytes.`);
};

compare();
catchUp();
retain();

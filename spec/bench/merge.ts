import { runInNewContext } from 'node:vm';
import { NEVER, Observable, of, scan, Subject, type Subscriber } from 'rxjs';
import * as Core from '../../lib/history/mergeCore.js';
import { mergeHistory } from '../../lib/history/mergeHistory.js';
import type { MergeOutlet } from '../../lib/history/MergeOutlet.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { seededRandom } from '../support/seededRandom.js';

interface Item {
  readonly id: number;
}

/** A stream of items put in order; what a program would write. */
type Merge = (live$: Observable<Item>) => Observable<unknown>;

/** Hands all items out, and tells what that cost, in microseconds of CPU. */
type Course = (items: readonly Item[]) => number;

const RUNS = 9;

/** The CPU that something takes: unlike the clock, it does not run while others have the machine. */
const cost = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
};

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

/** The floor: what came is pushed to an array, in whatever order, and nothing else. */
const pushed: Course = (items) => {
  const out: Item[] = [];
  return cost(() => {
    for (const item of items) out.push(item);
  });
};

/** By way of RxJS: from a feed without a cost of its own, through a merge, to an array. */
const through =
  (merge: Merge): Course =>
  (items) => {
    const out: unknown[] = [];
    const ends: Subscriber<Item>[] = [];
    const live$ = new Observable<Item>((subscriber) => {
      ends.push(subscriber);
    });
    const subscription = merge(live$).subscribe((item) => out.push(item));
    const [feeding] = ends;
    if (feeding === undefined) throw new Error('Nobody listens.');
    const elapsed = feedAll(feeding, items);
    subscription.unsubscribe();
    if (out.length < items.length) throw new Error(`Only ${out.length} of ${items.length} came.`);
    return elapsed;
  };

/** As `through`, but out of a `Subject`, as feeds often are. */
const throughSubject =
  (merge: Merge): Course =>
  (items) => {
    const live$ = new Subject<Item>();
    const out: unknown[] = [];
    const subscription = merge(live$).subscribe((item) => out.push(item));
    const elapsed = feedAll(live$, items);
    subscription.unsubscribe();
    return elapsed;
  };

const feedAll = (feeding: { readonly next: (item: Item) => void }, items: readonly Item[]): number => {
  return cost(() => {
    for (const item of items) feeding.next(item);
  });
};

const nothing: Merge = (live$) => live$;

/** What RxJS takes of whatever stands between a feed and its consumer: a subscriber on either side. */
const handedOn: Merge = (live$) =>
  new Observable<Item>((subscriber) =>
    live$.subscribe({
      next: (item) => {
        subscriber.next(item);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    }),
  );

const merged: Merge = (live$) =>
  mergeHistory<Item>({ live$, fetch: () => of([]), positionOf: ({ id }) => id }).events$;

/** As it is often written: all that came is kept, sorted and freed of duplicates at each event. */
const resorted: Merge = (live$) =>
  live$.pipe(
    scan<Item, readonly Item[]>(
      (all, item) =>
        [...all.filter(({ id }) => id !== item.id), item].sort((first, second) => first.id - second.id),
      [],
    ),
  );

/** A little better: a new event goes to its place in a copy of all that came. */
const inserted: Merge = (live$) =>
  live$.pipe(
    scan<Item, readonly Item[]>((all, item) => {
      if (all.some(({ id }) => id === item.id)) return all;
      const place = all.findLastIndex(({ id }) => id < item.id) + 1;
      return [...all.slice(0, place), item, ...all.slice(place)];
    }, []),
  );

/** The time that a course takes, as a multiple of the floor's, measured side by side. */
const ratios = (items: readonly Item[], course: Course, floor: Course, runs: number): readonly number[] => {
  floor(items);
  course(items);
  return Array.from({ length: runs }, () => course(items) / floor(items)).sort((a, b) => a - b);
};

const tell = (sorted: readonly number[]): string => {
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  return `${at(0.5)} (${at(0)} to ${at(1)})`;
};

const row = (...cells: readonly unknown[]): void => {
  console.log(`| ${cells.join(' | ')} |`);
};

const compare = (): void => {
  console.log('Merging live events; ratios are medians (least to most) against a floor of the same run.\n');
  const floors = ['RxJS alone : array push', 'RxJS in and out : array push'];
  row('events', 'disorder', 'merge : array push', ...floors, 'merge : a bare Subject');
  row('---:', '---:', '---:', '---:', '---:', '---:');
  for (const count of [1e4, 1e5, 1e6]) {
    for (const disorder of [0, 0.01, 0.1]) {
      const items = feed(count, disorder);
      row(
        count,
        `${disorder * 100} %`,
        tell(ratios(items, through(merged), pushed, RUNS)),
        tell(ratios(items, through(nothing), pushed, RUNS)),
        tell(ratios(items, through(handedOn), pushed, RUNS)),
        tell(ratios(items, throughSubject(merged), throughSubject(nothing), RUNS)),
      );
    }
  }
};

/** They take the square of the number of events, so a few are enough. */
const compareNaive = (): void => {
  console.log('\nThe merges that people write, at 10 % disorder, as a multiple of an array push.\n');
  row('events', 'sorted at each event', 'put in place in a copy');
  row('---:', '---:', '---:');
  for (const count of [1e3, 4e3]) {
    const items = feed(count, 0.1);
    row(count, ...[resorted, inserted].map((merge) => tell(ratios(items, through(merge), pushed, 3))));
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
  const outlet: MergeOutlet<number> = {
    emit: () => {
      emitted += 1;
      mostHeld = Math.max(mostHeld, Core.heldCount(merge));
    },
    fetch: (_, from, _limit, ticket) => {
      requests += 1;
      asked = { from, ticket };
    },
    hole: () => undefined,
    discontinuity: () => undefined,
    late: () => undefined,
    locate: () => undefined,
    end: () => undefined,
  };
  const merge = Core.atRest(-1, settings, outlet);
  Core.start(merge, 0);
  Core.open(merge, 0);
  const started = performance.now();
  let next = 0;
  for (let now = 0; Core.status(merge).state !== 'live' && asked !== undefined; now += 5) {
    const { from, ticket } = asked;
    while ((log[next] ?? Infinity) < from) next += 1;
    const page = log.slice(next, next + settings.pageSize);
    // As long as there is a page to read, another event comes live meanwhile.
    const newest = (log.at(-1) ?? 0) + 1;
    if (page.length === settings.pageSize) {
      log.push(newest);
      Core.live(merge, newest, newest, undefined, now);
    }
    const items = page.map((id) => ({ position: id, item: id, at: id * 1_000 }));
    Core.page(merge, ticket, items, { servedAt: 1e12 }, now);
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
compareNaive();
catchUp();
retain();

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BehaviorSubject, defer, map, type Observable, Subject, Subscription, throwError, timer } from 'rxjs';
import { mergeHistory } from '../../lib/history/mergeHistory.js';
import type { MergedHistory } from '../../lib/history/MergedHistory.js';
import { virtualTime, type VirtualTime } from '../support/virtualTime.js';

/**
 * What a reader of the log is owed, told as simply as can be: a list of the positions that exist, and how far it
 * has been seen to come. It knows nothing of pages, gaps, timers or lines.
 */
interface Oracle {
  /** Positions that exist, lowest first. */
  readonly log: number[];
  /** The next position that the server gives away. */
  next: number;
  /** What was pushed and has not arrived: it may come late, twice, or never. */
  wire: number[];
  isOpen: boolean;
}

interface Reader {
  readonly emitted: number[];
  readonly passed: { readonly from: number; readonly to: number }[];
  ties: Subscription;
}

interface World {
  readonly time: VirtualTime;
  readonly live: Subject<number>;
  readonly line: BehaviorSubject<boolean>;
  readonly merged: MergedHistory<number>;
  readonly reader: Reader;
  failures: number;
  answersAfterMs: number;
  requests: number;
}

type Command = fc.AsyncCommand<Oracle, World>;

const PAGE_SIZE = 3;

const world = (oracle: Oracle): World => {
  const time = virtualTime();
  const live = new Subject<number>();
  const line = new BehaviorSubject(true);
  const fetch = (from: number, limit: number): Observable<readonly number[]> =>
    defer(() => {
      made.requests += 1;
      if (made.failures > 0) {
        made.failures -= 1;
        return throwError(() => new Error('history'));
      }
      const page = oracle.log.filter((position) => position >= from).slice(0, limit);
      return timer(made.answersAfterMs, time.scheduler).pipe(map(() => page));
    });
  const merged = mergeHistory<number>({
    live$: live,
    connected$: line,
    fetch,
    positionOf: (position) => position,
    pageSize: PAGE_SIZE,
    scheduler: time.scheduler,
    random: () => 0.5,
  });
  const reader: Reader = { emitted: [], passed: [], ties: Subscription.EMPTY };
  merged.holes$.subscribe((range) => reader.passed.push(range));
  merged.discontinuities$.subscribe((range) => reader.passed.push(range));
  const made: World = { time, live, line, merged, reader, failures: 0, answersAfterMs: 5, requests: 0 };
  enter(made);
  return made;
};

const enter = ({ merged, reader }: World): void => {
  reader.ties = merged.events$.subscribe((position) => reader.emitted.push(position));
};

/** What holds after each step, whatever has happened. */
const check = ({ log }: Oracle, { merged, reader }: World): void => {
  const { emitted, passed } = reader;
  let cursor = -1;
  merged.status$.subscribe((status) => (cursor = status.cursor)).unsubscribe();

  expect(emitted).toEqual([...new Set(emitted)].sort((a, b) => a - b));
  expect(emitted.filter((position) => !log.includes(position))).toEqual([]);
  // Everything up to the cursor is emitted or passed, and nothing is both.
  const accounted = [...emitted, ...passed.flatMap(({ from, to }) => range(from, to))];
  expect(accounted.sort((a, b) => a - b)).toEqual(range(0, cursor));
};

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const command = (
  name: string,
  run: (oracle: Oracle, real: World) => void | Promise<void>,
  isPossible: (oracle: Readonly<Oracle>) => boolean = () => true,
): Command => ({
  check: isPossible,
  run: async (oracle, real) => {
    await run(oracle, real);
    await real.time.advance(0);
    check(oracle, real);
  },
  toString: () => name,
});

const arrives = (real: World, position: number | undefined): void => {
  if (position !== undefined) real.live.next(position);
};

const hasPushed = ({ wire }: Readonly<Oracle>): boolean => wire.length > 0;

const publish = (holes: number): Command =>
  command(`publish after ${holes} holes`, (oracle) => {
    const position = oracle.next + holes;
    oracle.next = position + 1;
    oracle.log.push(position);
    if (oracle.isOpen) oracle.wire.push(position);
  });

const first = command('the first pushed arrives', ({ wire }, real) => arrives(real, wire.shift()), hasPushed);
const last = command('the last pushed arrives', ({ wire }, real) => arrives(real, wire.pop()), hasPushed);
const twice = command(
  'the first pushed arrives, and stays',
  ({ wire }, real) => arrives(real, wire[0]),
  hasPushed,
);
const lost = command('the first pushed is lost', ({ wire }) => void wire.shift(), hasPushed);

const drop = command(
  'the line is lost',
  (oracle, real) => {
    oracle.isOpen = false;
    oracle.wire = [];
    real.line.next(false);
  },
  ({ isOpen }) => isOpen,
);

const open = command(
  'the line is back',
  (oracle, real) => {
    oracle.isOpen = true;
    real.line.next(true);
  },
  ({ isOpen }) => !isOpen,
);

const fail = (times: number): Command =>
  command(`${times} requests fail`, (_, real) => {
    real.failures = times;
  });

const slow = (ms: number): Command =>
  command(`history takes ${ms} ms`, (_, real) => {
    real.answersAfterMs = ms;
  });

const pass = (ms: number): Command => command(`${ms} ms pass`, (_, real) => real.time.advance(ms));

const leave = command('the reader leaves and comes back', (_, real) => {
  real.reader.ties.unsubscribe();
  enter(real);
});

const commands = [
  fc.constantFrom(0, 0, 0, 1, 4).map(publish),
  fc.constantFrom(first, first, last, twice, lost, drop, open, leave),
  fc.integer({ min: 0, max: 4 }).map(fail),
  fc.constantFrom(0, 5, 700).map(slow),
  fc.constantFrom(1, 50, 400, 3_000, 70_000).map(pass),
];

/** The line holds and history answers; then everything that exists has to come, without another event. */
const heal = async (oracle: Oracle, real: World): Promise<void> => {
  real.failures = 0;
  real.answersAfterMs = 5;
  oracle.wire = [];
  if (!oracle.isOpen) real.line.next(true);
  await real.time.advance(200_000);
};

describe('mergeHistory, against an oracle that knows the log only', () => {
  it('owes nothing in the end, and is never wrong on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (story) => {
        const oracle: Oracle = { log: [], next: 0, wire: [], isOpen: true };
        const real = world(oracle);

        await fc.asyncModelRun(() => ({ model: oracle, real }), story);
        await heal(oracle, real);

        check(oracle, real);
        expect(real.reader.emitted).toEqual(oracle.log);
        real.reader.ties.unsubscribe();
        expect(real.time.pending).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('asks for nothing more than now and then once it has come to the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 20 }), async (story) => {
        const oracle: Oracle = { log: [], next: 0, wire: [], isOpen: true };
        const real = world(oracle);
        await fc.asyncModelRun(() => ({ model: oracle, real }), story);
        await heal(oracle, real);
        real.requests = 0;

        await real.time.advance(600_000);

        // One probe a minute.
        expect(real.requests).toBeLessThanOrEqual(10);
      }),
      { numRuns: 100 },
    );
  });
});

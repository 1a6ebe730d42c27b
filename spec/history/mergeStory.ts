import type { Discontinuity } from '../../lib/history/Discontinuity.js';
import * as Core from '../../lib/history/mergeCore.js';
import type { FailureFacts, PageFacts } from '../../lib/history/MergeFacts.js';
import type { Merge } from '../../lib/history/mergeRecord.js';
import { type MergeSettings, mergeSettings } from '../../lib/history/mergeSettings.js';
import type { SyncStatus } from '../../lib/history/SyncStatus.js';

interface StoryOptions extends Partial<MergeSettings> {
  readonly after?: number | 'now';
  /** Called at each emission, with the merge as its consumer would find it. */
  readonly onEmit?: (position: number, merge: Merge<string>) => void;
}

/** An item of a story: its position, or its position and the server's time of it. */
type Told = number | readonly [position: number, at: number];

/** A merge with a clock to push, whose every word is written down. */
export interface MergeStory {
  readonly merge: Merge<string>;
  readonly status: SyncStatus;
  readonly now: number;
  /** A request is under way. */
  readonly isAsking: boolean;
  readonly isClosing: boolean;
  readonly isPaused: boolean;
  /** What the merge said since the last look: `'12'` is an emission, `'ask 12'` a request. */
  said(): readonly string[];
  /** Lets time go by, and wakes the merge whenever it wants to be woken. */
  wait(ms: number): MergeStory;
  start(): MergeStory;
  open(): MergeStory;
  drop(): MergeStory;
  live(...items: readonly Told[]): MergeStory;
  /** Answers the request under way. */
  page(items: readonly Told[], facts?: PageFacts): MergeStory;
  /** The request under way fails. */
  fail(facts?: Partial<FailureFacts>): MergeStory;
  truncate(before: number): MergeStory;
  /** The request under way is refused, as there is nothing at or after what it asks for. */
  refuse(): MergeStory;
  locate(position: number): MergeStory;
  stop(): MergeStory;
  pause(): MergeStory;
  resume(): MergeStory;
  close(because: NonNullable<SyncStatus['closedBecause']>): MergeStory;
}

/** The story of a merge that has been started, with an open line unless told otherwise. */
export const openStory = (options: StoryOptions = {}): MergeStory => mergeStory(options).start().open();

/** A story whose merge is caught up to `after`, confirmed, and quiet. */
export const quietStory = (options: StoryOptions = {}): MergeStory => {
  const story = openStory(options).page([]).wait(1_500).page([]).wait(1_000);
  story.said();
  return story;
};

export const mergeStory = ({ after = -1, onEmit, ...settings }: StoryOptions = {}): MergeStory => {
  const words: string[] = [];
  let now = 0;
  let ticket = 0;
  let asks: 'page' | 'start' | undefined;
  let isPaused = false;
  let isClosing = false;
  const note = (word: string): void => {
    words.push(word);
  };
  const range = ({ from, to }: Pick<Discontinuity, 'from' | 'to'>): string => `${from}..${to}`;

  const merge: Merge<string> = Core.atRest<string, Merge<string>>(
    after,
    { ...mergeSettings({}), ...settings },
    {
      emit: (_, item) => {
        note(item);
        onEmit?.(Number(item), merge);
      },
      hole: (_, from, to) => {
        note(`hole ${range({ from, to })}`);
      },
      discontinuity: (_, passed) => {
        note(`${passed.reason} ${range(passed)}`);
      },
      late: (_, item) => {
        note(`late ${item}`);
      },
      locate: (_, asked) => {
        ticket = asked;
        asks = 'start';
        note('locate');
      },
      fetch: (_, from, _limit, asked) => {
        ticket = asked;
        asks = 'page';
        note(`ask ${from}`);
      },
      end: () => {
        note('end');
      },
    },
  );

  const place = (told: Told): readonly [position: number, at: number | undefined] =>
    typeof told === 'number' ? [told, undefined] : told;
  const fault = { kind: 'http', message: 'The server failed.' } as const;

  const then = (fact: () => void): MergeStory => {
    fact();
    return story;
  };

  const answer = (to: 'page' | 'start' | undefined, fact: () => void): MergeStory => {
    if (asks === to) asks = undefined;
    return then(fact);
  };

  const story: MergeStory = {
    merge,
    get status() {
      return Core.status(merge);
    },
    get now() {
      return now;
    },
    get isAsking() {
      return asks !== undefined;
    },
    get isPaused() {
      return isPaused;
    },
    get isClosing() {
      return isClosing;
    },
    said: () => words.splice(0),
    wait: (ms) => {
      const until = now + ms;
      for (let wakes = 0; merge.wakeAt <= until; wakes += 1) {
        if (wakes > 10_000) throw new Error(`The merge wants to be woken for ever at ${merge.wakeAt}.`);
        now = Math.max(now, merge.wakeAt);
        Core.wake(merge, now);
      }
      now = until;
      return story;
    },
    start: () => then(() => Core.start(merge, now)),
    open: () => then(() => Core.open(merge, now)),
    drop: () => then(() => Core.drop(merge, now)),
    live: (...items) =>
      then(() => {
        for (const [position, at] of items.map(place)) Core.live(merge, position, String(position), at, now);
      }),
    page: (items, facts = {}) =>
      answer('page', () => {
        const placed = items.map(place).map(([position, at]) => ({ position, item: String(position), at }));
        Core.page(merge, ticket, placed, facts, now);
      }),
    fail: ({ jitter = 0.5, ...facts } = {}) =>
      answer(asks, () => Core.failed(merge, ticket, { fault, jitter, ...facts }, now)),
    truncate: (before) =>
      answer(asks, () => Core.truncated(merge, ticket, before, { fault, jitter: 0.5 }, now)),
    refuse: () => answer(asks, () => Core.outOfRange(merge, ticket, { fault, jitter: 0.5 }, now)),
    locate: (position) => answer('start', () => Core.baseline(merge, ticket, position, now)),
    stop: () => {
      isPaused = false;
      return answer(asks, () => Core.stop(merge));
    },
    pause: () => {
      isPaused = true;
      return then(() => Core.pause(merge));
    },
    resume: () => {
      isPaused = false;
      return then(() => Core.resume(merge, now));
    },
    close: (because) => {
      isClosing = true;
      return then(() => Core.close(merge, because, now));
    },
  };
  return story;
};

import type { Discontinuity } from '../../lib/history/Discontinuity.js';
import { createMergeCore, type MergeSettings } from '../../lib/history/mergeCore.js';
import type { FailureFacts, MergeCore, PageFacts } from '../../lib/history/MergeFacts.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import type { SyncStatus } from '../../lib/history/SyncStatus.js';

interface StoryOptions extends Partial<MergeSettings> {
  readonly after?: number | 'now';
  /** Called at each emission, with the core as its consumer would find it. */
  readonly onEmit?: (position: number, core: MergeCore<string>) => void;
}

/** An item of a story: its position, or its position and the server's time of it. */
type Told = number | readonly [position: number, at: number];

/** A merge core with a clock to push, whose every word is written down. */
export interface MergeStory {
  readonly core: MergeCore<string>;
  readonly status: SyncStatus;
  readonly now: number;
  /** A request is under way. */
  readonly isAsking: boolean;
  readonly isClosing: boolean;
  readonly isPaused: boolean;
  /** What the core said since the last look: `'12'` is an emission, `'ask 12'` a request. */
  said(): readonly string[];
  /** Lets time go by, and wakes the core whenever it wants to be woken. */
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
  locate(position: number): MergeStory;
  stop(): MergeStory;
  pause(): MergeStory;
  resume(): MergeStory;
  close(because: NonNullable<SyncStatus['closedBecause']>): MergeStory;
}

/** The story of a core that has been started, with an open line unless told otherwise. */
export const openStory = (options: StoryOptions = {}): MergeStory => mergeStory(options).start().open();

/** A story whose core is caught up to `after`, confirmed, and quiet. */
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

  const core: MergeCore<string> = createMergeCore<string>(
    after,
    { ...mergeSettings({}), ...settings },
    {
      emit: (item) => {
        note(item);
        onEmit?.(Number(item), core);
      },
      hole: (from, to) => {
        note(`hole ${range({ from, to })}`);
      },
      discontinuity: (passed) => {
        note(`${passed.reason} ${range(passed)}`);
      },
      late: (item) => {
        note(`late ${item}`);
      },
      locate: (asked) => {
        ticket = asked;
        asks = 'start';
        note('locate');
      },
      fetch: (from, _limit, asked) => {
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
    core,
    get status() {
      return core.status();
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
      for (let wakes = 0; core.wakeAt() <= until; wakes += 1) {
        if (wakes > 10_000) throw new Error(`The core wants to be woken for ever at ${core.wakeAt()}.`);
        now = Math.max(now, core.wakeAt());
        core.wake(now);
      }
      now = until;
      return story;
    },
    start: () => then(() => core.start(now)),
    open: () => then(() => core.open(now)),
    drop: () => then(() => core.drop(now)),
    live: (...items) =>
      then(() => {
        for (const [position, at] of items.map(place)) core.live(position, String(position), at, now);
      }),
    page: (items, facts = {}) =>
      answer('page', () => {
        const placed = items.map(place).map(([position, at]) => ({ position, item: String(position), at }));
        core.page(ticket, placed, facts, now);
      }),
    fail: ({ jitter = 0.5, ...facts } = {}) =>
      answer(asks, () => core.failed(ticket, { fault, jitter, ...facts }, now)),
    truncate: (before) => answer(asks, () => core.truncated(ticket, before, { fault, jitter: 0.5 }, now)),
    locate: (position) => answer('start', () => core.baseline(ticket, position, now)),
    stop: () => {
      isPaused = false;
      return answer(asks, () => core.stop());
    },
    pause: () => {
      isPaused = true;
      return then(() => core.pause());
    },
    resume: () => {
      isPaused = false;
      return then(() => core.resume(now));
    },
    close: (because) => {
      isClosing = true;
      return then(() => core.close(because, now));
    },
  };
  return story;
};

/** What is measured, and what it is to come to. */
export interface Goal {
  readonly what: string;
  readonly goal: number;
  readonly stretch?: number;
  /** Whether the figure may be at most the goal, or has to be at least that. */
  readonly bound: 'at most' | 'at least';
  readonly unit: 'of it' | 'times' | 'ms' | 'B' | 'kB' | 's';
  /** Said where it is missed. */
  readonly whyNot: string;
}

/** One figure for each goal; the order is that of the table in docs/performance.md. */
export const goals = {
  decode: {
    what: '`decodeFrame`: parse, check, build; share of the throughput of bare `JSON.parse`',
    goal: 0.8,
    stretch: 0.9,
    bound: 'at least',
    unit: 'of it',
    whyNot: 'the rest is what is built from the parsed frame: envelope, payload, `Either`',
  },
  split: {
    what: 'The same through a whole client: decode, route, and deliver to one subscriber of each name',
    goal: 0.6,
    bound: 'at least',
    unit: 'of it',
    whyNot: 'besides decoding, a frame is queued, looked up by name and by conversation, and delivered',
  },
  cold: {
    what: 'The first hundred frames of a process, against an equally cold `JSON.parse`',
    goal: 3,
    stretch: 2.4,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'the difference is about a millisecond, once per process: some thirty functions are compiled when they are first called, and their inline caches are empty, while the parser comes compiled',
  },
  bad: {
    what: 'An invalid frame whose errors nobody reads, against its `JSON.parse`',
    goal: 1.2,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'an error can be compared, copied and logged like any value, so each has an `errors` getter of its own, and defining that takes a twelfth of the time of parsing; the rest is what a valid frame costs too',
  },
  calm: {
    what: 'Over loopback, frames one at a time: processor time of the client against bare `ws` and `JSON.parse`',
    goal: 1.1,
    stretch: 1.03,
    bound: 'at most',
    unit: 'times',
    whyNot: 'most of it is the wake-up for each frame, whose spread is larger than our share',
  },
  flood: {
    what: 'The same in a flood, as fast as a server can send',
    goal: 1.1,
    stretch: 1.03,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'one read of the socket brings many frames, so the floor is little more than `JSON.parse`, and everything that we check and build shows',
  },
  latency: {
    what: 'Latency added to that of a bare `ws`, p50',
    goal: 0.12,
    stretch: 0.035,
    bound: 'at most',
    unit: 'ms',
    whyNot: 'another process held the processor when a frame arrived',
  },
  routing: {
    what: 'An event for one of 10,000 conversations, against the same with a single conversation',
    goal: 2,
    stretch: 1.5,
    bound: 'at most',
    unit: 'times',
    whyNot: 'ten thousand logs fit the caches of a processor less well than one',
  },
  memory: {
    what: 'Heap for an idle conversation, in router and merge',
    goal: 700,
    stretch: 535,
    bound: 'at most',
    unit: 'B',
    whyNot:
      'a log is one record of fifty fields, which take 450 B; engines box the times among them, which takes 220 B more; the rest is its entry in the register of followed logs. A whole client adds the subscriber, which is half a kilobyte of RxJS',
  },
  size: {
    what: '`createClient` for a browser with rxjs, io-ts and fp-ts, minified and gzipped',
    goal: 20,
    stretch: 16,
    bound: 'at most',
    unit: 'kB',
    whyNot:
      'every member of a `Client` is always there, so everybody pays for all of them: screens 13, logs 11, rxjs, io-ts and fp-ts 11, the connection 7, codecs 4, sessions 2.5, REST 2.4 kB; loading them on first use would delay what now happens at once',
  },
  halfOpen: {
    what: 'Time until a dead connection is replaced, with the defaults',
    goal: 20,
    stretch: 10,
    bound: 'at most',
    unit: 's',
    whyNot: 'a more frequent heartbeat would keep phones awake',
  },
} as const satisfies Readonly<Record<string, Goal>>;

export type GoalName = keyof typeof goals;

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
    whyNot: 'what is built beside the parsed frame (envelope, payload, `Either`) is the rest of it',
  },
  split: {
    what: 'The same through a whole client: decode, split, and hand to one subscriber of each name',
    goal: 0.6,
    bound: 'at least',
    unit: 'of it',
    whyNot:
      'beside decoding, a frame waits its turn, is looked for by name and by conversation, and is handed on',
  },
  cold: {
    what: 'The first hundred frames of a process, against `JSON.parse` as cold',
    goal: 3,
    stretch: 2.4,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'it is about a millisecond, once in a process: some thirty functions are compiled as they are first called, and each place in them has to learn what it meets, while the parser comes compiled',
  },
  bad: {
    what: 'A frame with a wrong field whose errors nobody reads, against its `JSON.parse`',
    goal: 1.2,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'an error can be compared, copied and logged like any value, so that each has the getter of `errors` of its own, and to define one takes a twelfth of the parsing; the rest is what a good frame costs, too',
  },
  calm: {
    what: 'Over loopback, frames one at a time: processor time of the client against bare `ws` and `JSON.parse`',
    goal: 1.1,
    stretch: 1.03,
    bound: 'at most',
    unit: 'times',
    whyNot: 'most of it is the wake-up for each frame, and what spreads there is larger than our share',
  },
  flood: {
    what: 'The same in a flood, as fast as a server can send',
    goal: 1.1,
    stretch: 1.03,
    bound: 'at most',
    unit: 'times',
    whyNot:
      'in a flood one read of the socket brings many frames, and the floor is little more than `JSON.parse`: what we check and build beside it shows in full',
  },
  latency: {
    what: 'Latency added to that of a bare `ws`, p50',
    goal: 0.12,
    stretch: 0.035,
    bound: 'at most',
    unit: 'ms',
    whyNot: 'another process had the processor when a frame came',
  },
  routing: {
    what: 'An event of the first of 10,000 conversations, against the same with one alone',
    goal: 2,
    stretch: 1.5,
    bound: 'at most',
    unit: 'times',
    whyNot: 'ten thousand logs are a colder memory than one',
  },
  memory: {
    what: 'Heap for an idle conversation, in router and merge',
    goal: 700,
    stretch: 535,
    bound: 'at most',
    unit: 'B',
    whyNot:
      'a log is one record of fifty fields, which are 450 B, and engines box the times among them, which are 220 B more; its entry in the register of those who are followed is the rest. With all that a client has for a log, there is its subscriber besides, who is half a kilobyte of RxJS',
  },
  size: {
    what: '`createClient` for a browser with rxjs, io-ts and fp-ts, minified and gzipped',
    goal: 20,
    stretch: 16,
    bound: 'at most',
    unit: 'kB',
    whyNot:
      'all members of a `Client` are always there, and each is paid for by everybody: the line 5.5, logs 5.4, REST 2.7, sessions 2.5 kB; loading them when they are first used would make what is said at once come later',
  },
  halfOpen: {
    what: 'A line that has gone dead, until it is dialled anew, with the defaults',
    goal: 20,
    stretch: 10,
    bound: 'at most',
    unit: 's',
    whyNot: 'a heartbeat in a shorter time would keep telephones awake',
  },
} as const satisfies Readonly<Record<string, Goal>>;

export type GoalName = keyof typeof goals;

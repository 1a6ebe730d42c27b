import type { Faults } from '../../server/faults/Faults.js';

export type FaultLevel = 'none' | 'mild' | 'wild';

export interface LevelFaults {
  /** In force from the first message on. */
  readonly lasting: Faults;
  /** What each cut of the line brings with it, besides the cut itself; they take turns. */
  readonly cuts: readonly Faults[];
}

const HISTORY = /\/events$/;

/** What each level does to the line and to history. */
export const FAULT_LEVELS: ReadonlyMap<FaultLevel, LevelFaults> = new Map([
  ['none', { lasting: {}, cuts: [] }],
  ['mild', { lasting: { lose: 0.04, repeat: 0.04, swap: 0.04, delayMs: 60, holes: 0.04 }, cuts: [{}] }],
  [
    'wild',
    {
      lasting: {
        lose: 0.15,
        repeat: 0.15,
        swap: 0.15,
        delayMs: 150,
        holes: 0.1,
        historyLagMs: 300,
        shortPages: 0.3,
        maxPageSize: 10,
        pushDelayAfterOpenMs: 300,
      },
      cuts: [{ answer: { status: 503, times: 3, path: HISTORY } }, { refuseSockets: 500 }, {}],
    },
  ],
]);

/** The names under which the server counts what a level asks for. */
export const requestedFaults = ({ lasting, cuts }: LevelFaults): readonly string[] => [
  ...new Set([...Object.keys(lasting), ...cuts.flatMap((cut) => ['dropped', ...Object.keys(cut)])]),
];

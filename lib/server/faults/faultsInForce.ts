import { checkFaults } from './checkFaults.js';
import { createRandom } from './createRandom.js';
import type { Faults } from './Faults.js';

export type FaultName = keyof Faults | 'dropped';
type Chance = 'lose' | 'repeat' | 'swap' | 'holes' | 'shortPages';
type Wait = 'delayMs' | 'historyLagMs';

/** The faults of now, the dice, and the book of what happened. */
export interface FaultsInForce {
  readonly current: Faults;
  readonly counts: Readonly<Record<FaultName, number>>;
  replace(faults: Faults): void;
  /** Throws the dice. Whoever asks counts, when it has really come to it. */
  strikes(name: Chance): boolean;
  /** A whole number of milliseconds, at most what the fault says. */
  wait(name: Wait): number;
  /** A whole number from 1 to `most`. */
  upTo(most: number): number;
  count(name: FaultName): void;
  /** Whether this request is one of those that get the wrong answer; each yes uses one up. */
  takesAnswer(request: { readonly path: string; readonly method: string }): boolean;
}

/**
 * Keeps the faults in force and how often each really happened.
 *
 * A fault that is off throws no dice, so switching one on does not change what another one does at the same seed
 * before it.
 */
export const createFaultsInForce = (seed: number, initial: Faults): FaultsInForce => {
  checkFaults(initial);
  const random = createRandom(seed);
  const counts = noneYet();
  let current = initial;
  let answersLeft = initial.answer?.times ?? Infinity;

  return {
    get current() {
      return current;
    },
    get counts() {
      return { ...counts };
    },
    replace: (faults) => {
      checkFaults(faults);
      current = faults;
      answersLeft = faults.answer?.times ?? Infinity;
    },
    strikes: (name) => {
      const chance = current[name] ?? 0;
      return chance > 0 && random() < chance;
    },
    wait: (name) => {
      const longest = current[name] ?? 0;
      return longest > 0 ? Math.ceil(random() * longest) : 0;
    },
    upTo: (most) => 1 + Math.floor(random() * most),
    count: (name) => void (counts[name] += 1),
    takesAnswer: ({ path, method }) => {
      const { answer } = current;
      if (!answer || answersLeft <= 0 || (answer.method ?? method) !== method) return false;
      // `search` forgets where a /g or /y expression stopped the last time.
      if (answer.path && path.search(answer.path) < 0) return false;
      answersLeft -= 1;
      counts.answer += 1;
      return true;
    },
  };
};

const noneYet = (): Record<FaultName, number> => ({
  lose: 0,
  repeat: 0,
  swap: 0,
  delayMs: 0,
  pushDelayAfterOpenMs: 0,
  holes: 0,
  historyLagMs: 0,
  maxPageSize: 0,
  shortPages: 0,
  answer: 0,
  refuseSockets: 0,
  halfOpen: 0,
  omit: 0,
  dropped: 0,
});

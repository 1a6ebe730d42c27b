import { seededRandom } from '../support/seededRandom.js';

/** How bad each kind of trouble can get: a probability, or a size in ms where the name says so. */
const WORST = {
  holes: 0.2,
  pushLost: 0.3,
  pushTwice: 0.3,
  pushDelayMs: 1_500,
  copyDelayMs: 10_000,
  pushStartsAfterOpenMs: 800,
  historyLagMs: 1_500,
  requestFails: 0.3,
  requestHangs: 0.1,
  retryAfterMs: 5_000,
  requestLatencyMs: 5_000,
  shortPage: 0.5,
  longPage: 0.2,
  overlappingPage: 0.3,
  unorderedPage: 0.3,
  repeatedItems: 0.3,
  strangers: 0.2,
  ignoresFrom: 0.1,
  drops: 1,
  burst: 0.5,
  hints: 0.7,
  leaves: 0.1,
  leavesMidway: 0.02,
  staleAnswers: 1,
  falls: 0.1,
  truncates: 1,
  farAhead: 0.03,
  replays: 0.1,
  sharedAgeMs: 5_000,
  restarts: 1,
  behindMs: 20_000,
  refusesBeyond: 1,
} as const;

export type FaultName = keyof typeof WORST;
export type WorldFaults = Readonly<Record<FaultName, number>>;

export const FAULT_NAMES = Object.keys(WORST) as readonly FaultName[];

/** Switches a random subset of the faults on, each with a random strength. What is left out stays off. */
export const drawFaults = (seed: number, without: readonly FaultName[] = []): WorldFaults => {
  const random = seededRandom(seed);
  const density = random();
  const drawn = FAULT_NAMES.map((name) => {
    // Drawn in any case, so that leaving one out changes nothing about the others.
    const strength = random() < density ? WORST[name] * Math.min(1, 1.5 * random()) : 0;
    return [name, without.includes(name) ? 0 : strength] as const;
  });
  const faults = Object.fromEntries(drawn) as WorldFaults;
  // A server that invents positions and hides real ones for a while cannot be told from one that has holes.
  return faults.historyLagMs > 0 ? { ...faults, farAhead: 0 } : faults;
};

/** Chance in a world, a source of its own for each fault: what happens of one does not change another. */
export interface Dice {
  happens(name: FaultName): boolean;
  /** A size from 0 up to the strength of the fault. */
  sizeOf(name: FaultName): number;
  /** A number from 0 up to 1 that has to do with no fault. */
  roll(): number;
}

/** Throws dice that show no fault while `isCalm`. */
export const createDice = (seed: number, faults: WorldFaults, isCalm: () => boolean): Dice => {
  const roll = seededRandom(seed ^ 0x5bd1e995);
  const sources = new Map(
    FAULT_NAMES.map((name, index) => [name, seededRandom(Math.imul(seed + 1, 0x9e3779b1) + index)]),
  );
  const of = (name: FaultName): number => sources.get(name)?.() ?? 0;
  return {
    happens: (name) => faults[name] > 0 && !isCalm() && of(name) < faults[name],
    sizeOf: (name) => (faults[name] > 0 && !isCalm() ? of(name) * faults[name] : 0),
    roll,
  };
};

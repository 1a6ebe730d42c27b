import { type MergeFunctions, runMergeWorld, type WorldResult } from './mergeWorld.js';
import { FAULT_NAMES, type FaultName } from './WorldFaults.js';

/** The smallest world, of those with fewer faults than a failing one, that fails in the same way. */
export const shrink = (seed: number, core?: MergeFunctions): WorldResult => {
  const run = (without: readonly FaultName[]): WorldResult =>
    runMergeWorld(seed, { without, keepsTrace: true, ...(core && { core }) });
  const invariantOf = ({ violations }: WorldResult): string | undefined => violations[0]?.invariant;

  const whole = run([]);
  const without = FAULT_NAMES.reduce<readonly FaultName[]>((left, name) => {
    const fewer = [...left, name];
    return invariantOf(run(fewer)) === invariantOf(whole) ? fewer : left;
  }, []);
  return run(without);
};

/** Tells a failing world so that it can be followed. */
export const describeWorld = (seed: number, { faults, violations, trace }: WorldResult): string => {
  const present = Object.entries(faults).filter(([, strength]) => strength > 0);
  return [
    `seed ${seed}`,
    ...violations
      .slice(0, 3)
      .map(({ invariant, at, text }) => `  ${invariant} at ${at.toFixed(0)} ms: ${text}`),
    `  faults: ${present.map(([name, strength]) => `${name} ${strength.toFixed(2)}`).join(', ') || 'none'}`,
    ...trace.slice(-60).map((line) => `    ${line}`),
  ].join('\n');
};

import { runMergeWorld } from './mergeWorld.js';
import { mutate } from './mutate.js';
import type { Mutant } from './mutants.js';

/** How a mutant was found out. */
export interface Catch {
  readonly name: string;
  readonly invariant: string;
  /** How many worlds it has to go through, from seed 0 on. */
  readonly seeds: number;
}

/** Sends a mutant through worlds until an invariant gives it away; `undefined`: none of them did. */
export const catchMutant = async (mutant: Mutant, most: number): Promise<Catch | undefined> => {
  const core = await mutate(mutant);
  const { from = 0 } = mutant;
  for (let seed = from; seed < from + most; seed += 1) {
    const [violation] = runMergeWorld(seed, { core }).violations;
    if (violation !== undefined) {
      return { name: mutant.name, invariant: violation.invariant, seeds: seed + 1 };
    }
  }
  return undefined;
};

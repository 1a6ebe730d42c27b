/** Where the middle of many measurements lies, and how far they spread: nine of ten lie between `low` and `high`. */
export interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.05), median: at(0.5), high: at(0.95) };
};

/**
 * Lets one contender and the floor run in turn, round after round, so that what else the machine does is felt by both.
 *
 * Each contender has a floor of its own: the garbage of a third would be collected in the time of these two.
 *
 * @returns How long the contender took, as a multiple of the floor in the same round.
 */
export const besideFloor = (
  floor: () => void,
  run: () => void,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): Spread => {
  const ratios: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const before = timeOf(floor);
    const elapsed = timeOf(run);
    const after = timeOf(floor);
    if (round >= 0) ratios.push((2 * elapsed) / (before + after));
  }
  return spreadOf(ratios);
};

/** Processor time, not the clock on the wall: a machine is seldom there for one alone. In ms. */
const timeOf = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Positions; both ends belong to it. `Infinity` is beyond all that there will ever be. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Adds a range to ranges: what overlaps or touches it becomes one with it. An empty one adds nothing.
 *
 *     [0..4] [9..12]   with [5..7]   result: [0..7] [9..12]
 *     [0..4] [9..12]   with [5..8]   result: [0..12]
 *
 * @param ranges Sorted, disjoint and not adjacent, as is the result.
 */
export const withRange = (ranges: readonly Range[], added: Range): readonly Range[] => {
  if (added.to < added.from) return ranges;
  const before = ranges.filter(({ to }) => to < added.from - 1);
  const behind = ranges.filter(({ from }) => from > added.to + 1);
  const joined = ranges.slice(before.length, ranges.length - behind.length);
  const from = Math.min(added.from, joined[0]?.from ?? Infinity);
  const to = Math.max(added.to, joined.at(-1)?.to ?? -Infinity);
  return [...before, { from, to }, ...behind];
};

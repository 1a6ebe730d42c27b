/** The ranges that were passed without an item, so that one that comes late after all can be told apart. */
export interface PassedRanges {
  add(from: number, to: number): void;
  /** Whether `position` was passed; says so once for each position. */
  claim(position: number): boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Creates the memory of passed ranges, of which the newest `max` are kept: an item that comes later than
 * that is dropped like a duplicate. Its position has been reported as a range already.
 */
export const createPassedRanges = (max: number): PassedRanges => {
  const ranges: Range[] = [];

  const keepNewest = (): void => {
    if (ranges.length > max) ranges.shift();
  };

  return {
    add: (from, to) => {
      const last = ranges.at(-1);
      if (last?.to === from - 1) ranges[ranges.length - 1] = { from: last.from, to };
      else ranges.push({ from, to });
      keepNewest();
    },
    claim: (position) => {
      const index = ranges.findLastIndex((range) => range.from <= position);
      const range = ranges[index];
      if (range === undefined || position > range.to) return false;
      const left = { from: range.from, to: position - 1 };
      const right = { from: position + 1, to: range.to };
      ranges.splice(index, 1, ...[left, right].filter(({ from, to }) => from <= to));
      keepNewest();
      return true;
    },
  };
};

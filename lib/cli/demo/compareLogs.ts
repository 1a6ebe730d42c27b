/** What became of a log on its way. */
export interface Comparison {
  readonly expected: number;
  readonly arrived: number;
  readonly missing: readonly number[];
  readonly repeated: readonly number[];
  /** Ids that came after a higher one. */
  readonly outOfOrder: readonly number[];
  /** Ids that arrived though the log does not have them. */
  readonly unknown: readonly number[];
}

/** Compares what arrived, in the order in which it did, with what the server has. */
export const compareLogs = (server: readonly number[], arrived: readonly number[]): Comparison => {
  const seen = new Set(arrived);
  const existing = new Set(server);
  return {
    expected: server.length,
    arrived: arrived.length,
    missing: server.filter((id) => !seen.has(id)),
    repeated: arrived.filter((id, index) => arrived.indexOf(id) < index),
    outOfOrder: arrived.filter((id, index) => index > 0 && id < (arrived[index - 1] ?? id)),
    unknown: arrived.filter((id) => !existing.has(id)),
  };
};

export const isWhole = ({ missing, repeated, outOfOrder, unknown }: Comparison): boolean =>
  [missing, repeated, outOfOrder, unknown].every((wrong) => wrong.length === 0);

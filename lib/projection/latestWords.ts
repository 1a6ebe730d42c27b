/** What an event said of one thing. */
export interface Word<A> {
  /** Undefined once a reading has settled it. */
  readonly says: A | undefined;
  /** When it was said by the server's clock, where it tells. */
  readonly saidAt: number | undefined;
  /** When it was heard, by our own clock. */
  readonly heardAt: number;
}

/**
 * What events have said since something was read, by what they speak of: laid over the reading, it gives the
 * present.
 */
export type LatestWords<K, A> = ReadonlyMap<K, Word<A>>;

/** An event may come again, or late, by this time in ms, and what was read is not to be changed by it. */
const LATEST_MS = 60_000;

/**
 * Takes one more word in. One that the server dates before the latest changes nothing; of the same date the one
 * that is heard later counts, unless a reading has settled it, and so does one without a date.
 *
 * @returns The same words when nothing has changed.
 */
export const hearing = <K, A>(words: LatestWords<K, A>, key: K, word: Word<A>): LatestWords<K, A> => {
  const known = words.get(key);
  const [before, now] = [known?.saidAt ?? -Infinity, word.saidAt ?? Infinity];
  if (now < before || (now === before && known?.says === undefined)) return words;
  return new Map(words).set(key, { ...word, saidAt: word.saidAt ?? known?.saidAt });
};

/** What was heard before this moment is settled: a reading that was asked for later has it. */
export const heardSince = <K, A>(words: LatestWords<K, A>, moment: number): LatestWords<K, A> =>
  [...words.values()].every(({ heardAt }) => heardAt >= moment)
    ? words
    : new Map(
        [...words]
          .filter(([, { heardAt }]) => heardAt >= moment - LATEST_MS)
          .map(([key, word]) => [key, word.heardAt >= moment ? word : { ...word, says: undefined }]),
      );

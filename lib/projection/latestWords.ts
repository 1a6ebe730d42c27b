/** What an event said of one thing. */
export interface Word<A> {
  readonly says: A;
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

/**
 * Takes one more word in. One that the server dates before the latest changes nothing; of the same date the one
 * that is heard later counts, and so does one without a date.
 *
 * @returns The same words when nothing has changed.
 */
export const hearing = <K, A>(words: LatestWords<K, A>, key: K, word: Word<A>): LatestWords<K, A> => {
  const known = words.get(key)?.saidAt;
  if (word.saidAt !== undefined && known !== undefined && word.saidAt < known) return words;
  return new Map(words).set(key, { ...word, saidAt: word.saidAt ?? known });
};

/** Without what was heard before this moment: a reading that was asked for later has it. */
export const heardSince = <K, A>(words: LatestWords<K, A>, moment: number): LatestWords<K, A> => {
  const lasting = [...words].filter(([, { heardAt }]) => heardAt >= moment);
  return lasting.length === words.size ? words : new Map(lasting);
};

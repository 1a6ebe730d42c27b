/** The oldest server that has all that is used here: consumers that are created by name, under one filter. */
const OLDEST: readonly number[] = [2, 9, 0];

/**
 * Refuses a server that would accept what is asked of it and not do it.
 *
 * Older servers do not reject what they do not know: they ignore it, and nobody learns of it until events are lost.
 *
 * @param version As the server says it: `'2.9.10'`, `'2.11.0-RC.3'`.
 * @throws Error with one sentence.
 */
export const requireServer = (version: string): void => {
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  const isOld =
    numbers === undefined ||
    OLDEST.reduce((order, least, index) => order || (numbers[index] ?? 0) - least, 0) < 0;
  if (isOld) {
    throw new Error(
      `jetStreamEventLog needs nats-server ${OLDEST.join('.')} or later; this one is ${JSON.stringify(version)}.`,
    );
  }
};

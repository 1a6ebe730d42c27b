/**
 * The partition of a conversation: FNV-1a over its subject token, so that it is the same in every process, of every
 * version, whatever the server.
 *
 * @param token A subject token, which is ASCII.
 * @param partitions How many there are.
 * @returns From 0 to `partitions - 1`.
 */
export const partitionOf = (token: string, partitions: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < token.length; index += 1) {
    hash = Math.imul(hash ^ token.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
};

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'what leads to it is not there'],
  ['ENOTDIR', 'part of what leads to it is a file'],
  ['EEXIST', 'something else is there'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'this user may not use it'],
  ['EPERM', 'this user may not use it'],
  ['EROFS', 'the disk takes nothing new'],
  ['ENOSPC', 'the disk is full'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/**
 * Why the system would not do something with a file, for people: `'it is a directory'`. For what has no words here,
 * its code. `undefined` for what no system says.
 */
export const systemReason = (error: unknown): string | undefined => {
  // Not by `instanceof`: it may come from another realm.
  if (typeof error !== 'object' || error === null || !('syscall' in error && 'code' in error))
    return undefined;
  const { code } = error;
  return typeof code === 'string' ? (REASONS.get(code) ?? code) : undefined;
};

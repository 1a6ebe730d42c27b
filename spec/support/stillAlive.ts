import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { settled } from './virtualTime.js';

setFlagsFromString('--expose-gc');

/** Collects garbage: a context that is made after the flag was set knows how. */
export const collect = runInNewContext('gc') as () => void;

/**
 * How many of these somebody still holds, once all that can be collected has been.
 *
 * What is watched has to be made in a function that has returned: a frame on the stack holds it too.
 */
export const stillAlive = async (watched: readonly WeakRef<object>[]): Promise<number> => {
  // What has just been let go may hang on a promise that is about to settle.
  for (let turn = 0; turn < 3; turn += 1) {
    await settled();
    collect();
  }
  return watched.filter((ref) => ref.deref() !== undefined).length;
};

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { settled } from './virtualTime.js';

setFlagsFromString('--expose-gc');

/** Collects garbage: a context that is made after the flag was set knows how. */
export const collect = runInNewContext('gc') as () => void;

/** What is let go of is let go of in the end, and what is not stays for ever. */
const MOST_TURNS = 50;

/**
 * How many of these somebody still holds, once all that can be collected has been.
 *
 * The engine may hold one itself for a moment: it is a constant of the code that the compiler makes meanwhile, in a
 * thread of its own. So where more are alive than `expected` it asks again, until that work is done.
 *
 * What is watched has to be made in a function that has returned: a frame on the stack holds it too.
 */
export const stillAlive = async (watched: readonly WeakRef<object>[], expected = 0): Promise<number> => {
  let alive = watched.length;
  for (let turn = 1; turn <= 3 || (alive > expected && turn <= MOST_TURNS); turn += 1) {
    // What has just been let go may hang on a promise that is about to settle.
    await settled();
    collect();
    alive = watched.filter((ref) => ref.deref() !== undefined).length;
  }
  return alive;
};

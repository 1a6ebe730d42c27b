import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Loads a contender from the package of the peers, which has dependencies of its own. */
export const peer = async <A>(name: string): Promise<A> => {
  const file = pathToFileURL(path.resolve(`spec/bench/peers/${name}.mjs`));
  // What a module outside the type-checker's sight exports, its caller has to say.
  return (await import(file.href)) as A;
};

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** `comapi-rx serve` in a process of its own. */
export interface ServedSpace {
  readonly urlBase: string;
  readonly apiSpaceId: string;
  close(): Promise<void>;
}

/** Starts the command as it was installed in `folder`. */
export const servedSpace = async (folder: string): Promise<ServedSpace> => {
  const bin = path.join(folder, 'node_modules/.bin/comapi-rx');
  const child = spawn(process.execPath, [bin, 'serve', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line]: unknown[] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('comapi-rx serve ended before it told its address'))),
  ]);
  // Its own promise: one line of JSON with the addresses.
  const { urlBase, apiSpaceId } = JSON.parse(String(line)) as Pick<ServedSpace, 'urlBase' | 'apiSpaceId'>;
  return {
    urlBase,
    apiSpaceId,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

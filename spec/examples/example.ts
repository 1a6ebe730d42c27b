import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { bundled } from '../support/bundled.js';

/** A program of the docs that runs. */
export interface Example {
  /** By `SIGKILL`. */
  kill(): Promise<void>;
  /** By `SIGTERM`; gives the exit code. */
  stop(): Promise<number | null>;
}

/** Gives the function that starts an example, as often as it is called. */
export const example = (entry: string): ((env: Readonly<Record<string, string>>) => Example) => {
  const program = bundled(entry);
  return (env) => {
    const child = spawn(process.execPath, [program], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const end = async (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal);
      const [code] = await exited;
      return code;
    };
    return {
      kill: async () => {
        await end('SIGKILL');
      },
      stop: () => end('SIGTERM'),
    };
  };
};

/** Where a server is, as the examples are told. */
export const addressOf = (server: LocalServer, profileId: string): Readonly<Record<string, string>> => ({
  COMAPI_SPACE: server.apiSpaceId,
  COMAPI_URL: server.urlBase,
  COMAPI_SOCKET_URL: server.webSocketBase,
  COMAPI_TOKEN: server.issueToken(profileId),
});

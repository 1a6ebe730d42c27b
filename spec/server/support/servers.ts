import { afterEach } from '@jest/globals';
import { startServer } from '../../../lib/server.js';
import type { LocalServer, ServerOptions } from '../../../lib/server.js';

/** Starts servers for the tests of a file, and closes them after each. */
export const servers = (): ((options?: ServerOptions) => Promise<LocalServer>) => {
  const open: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
  return async (options) => {
    const server = await startServer(options);
    open.push(server);
    return server;
  };
};

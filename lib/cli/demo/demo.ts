import { types } from 'node:util';
import { escapeJson } from '../../fault/escapeText.js';
import { createRandom } from '../../server/faults/createRandom.js';
import type { LocalServer } from '../../server/LocalServer.js';
import { startServer } from '../../server/startServer.js';
import type { Terminal } from '../Terminal.js';
import { UsageError } from '../UsageError.js';
import { showPage } from '../web/showPage.js';
import { type DemoFlags, demoFlags } from './demoFlags.js';
import { demoLine } from './demoLine.js';
import type { DemoNews } from './DemoNews.js';
import { playDemo } from './playDemo.js';

/**
 * `comapi-rx demo`: one follows a conversation that others write, over a line that is cut and damaged, and in
 * the end what arrived is compared with the server's log. With `--web` there is a page to open instead.
 *
 * @returns 0 if and only if the comparison holds and, with `--once`, every fault that was asked for has really
 * happened.
 */
export const demo = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const flags = demoFlags(args);
  if (flags.web) return showPage(flags, terminal);
  const server = await openServer(flags);
  const stop = new AbortController();
  const onInterrupt = (): void => {
    stop.abort();
  };
  terminal.once('SIGINT', onInterrupt);
  try {
    const tell = teller(flags, terminal);
    const result = await playDemo({
      flags,
      server,
      tell,
      signal: stop.signal,
      random: createRandom(flags.seed),
    });
    return result.isWhole && result.neverHappened.length === 0 ? 0 : 1;
  } finally {
    terminal.off('SIGINT', onInterrupt);
    await server.close();
  }
};

const openServer = async ({ port, seed }: DemoFlags): Promise<LocalServer> => {
  try {
    return await startServer({ port, seed, apiSpaceId: 'demo' });
  } catch (error) {
    if (!(types.isNativeError(error) && 'code' in error)) throw error;
    throw new UsageError(`port ${port} cannot be had (${String(error.code)}); choose another with --port`);
  }
};

const teller = ({ json }: DemoFlags, { stdout }: Terminal): ((news: DemoNews) => void) => {
  const line = json ? (news: DemoNews) => `${escapeJson(news)}\n` : demoLine(stdout.isTTY === true);
  return (news) => void stdout.write(line(news));
};

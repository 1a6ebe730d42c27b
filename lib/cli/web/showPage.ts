import { types } from 'node:util';
import { firstValueFrom, fromEvent, merge } from 'rxjs';
import { escapeJson } from '../../fault/escapeText.js';
import { createRandom } from '../../server/faults/createRandom.js';
import { startServer } from '../../server/startServer.js';
import type { DemoFlags } from '../demo/demoFlags.js';
import { FAULT_LEVELS } from '../demo/faultLevels.js';
import type { Terminal } from '../Terminal.js';
import { UsageError } from '../UsageError.js';
import { lineSwitches } from './lineSwitches.js';
import { openPageHost, type PageHost, type PageHostOptions } from './openPageHost.js';
import { pageDoors } from './pageDoors.js';
import { readPage } from './readPage.js';
import { settle } from './settle.js';

/**
 * `comapi-rx demo --web`: a local server with people and conversations on it, and a page where two of them chat,
 * until SIGINT or SIGTERM. It says where the page is, and opens no browser.
 *
 * @returns 0, when everything is closed.
 */
export const showPage = async (
  { level, seed, port, json }: DemoFlags,
  terminal: Terminal,
): Promise<number> => {
  const files = readPage();
  const server = await startServer({ seed, apiSpaceId: 'demo' });
  const conversations = settle(server, createRandom(seed));
  const switches = lineSwitches(server, {
    lasting: FAULT_LEVELS.get(level)?.lasting ?? {},
    conversations,
    random: createRandom(seed),
  });
  const doors = pageDoors({ server, switches });
  const connectTo = [server.urlBase, server.webSocketBase];
  try {
    const host = await openOrRefuse({ port, files, doors, connectTo });
    // Listened for before the address is told: whoever reads it may end it at once.
    const ended = firstValueFrom(merge(fromEvent(terminal, 'SIGINT'), fromEvent(terminal, 'SIGTERM')), {
      defaultValue: undefined,
    });
    const { url } = host;
    terminal.stdout.write(
      json ? `${escapeJson({ type: 'page', url })}\n` : `Two people chat at ${url} (Ctrl-C ends it)\n`,
    );
    await ended;
    await host.close();
    return 0;
  } finally {
    switches.close();
    await server.close();
  }
};

const openOrRefuse = async (options: PageHostOptions): Promise<PageHost> => {
  try {
    return await openPageHost(options);
  } catch (error) {
    if (!(types.isNativeError(error) && 'code' in error)) throw error;
    throw new UsageError(
      `port ${options.port} cannot be had (${String(error.code)}); choose another with --port`,
    );
  }
};

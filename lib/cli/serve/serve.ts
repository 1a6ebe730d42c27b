import { types } from 'node:util';
import { firstValueFrom, fromEvent, merge } from 'rxjs';
import { escapeJson, escapeText } from '../../fault/escapeText.js';
import { jwtDoor } from '../../server/http/jwtDoor.js';
import type { LocalServer } from '../../server/LocalServer.js';
import { openServer } from '../../server/openServer.js';
import { damageLine } from '../demo/damageLine.js';
import type { Terminal } from '../Terminal.js';
import { UsageError } from '../UsageError.js';
import { type ServeFlags, serveFlags } from './serveFlags.js';

/**
 * `comapi-rx serve`: the local server, until SIGINT or SIGTERM, and beside it `/jwt`, which signs for whoever asks
 * from this machine, as the backend of an app would.
 *
 * @returns 0, when everything is closed.
 */
export const serve = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const flags = serveFlags(args);
  const server = await openOrRefuse(flags);
  // Listened for before the addresses are told: whoever reads them may end it at once.
  const ended = firstValueFrom(merge(fromEvent(terminal, 'SIGINT'), fromEvent(terminal, 'SIGTERM')), {
    defaultValue: undefined,
  });
  terminal.stdout.write(flags.json ? `${escapeJson(addressesOf(server))}\n` : addressLines(server));

  const stop = new AbortController();
  const damage =
    flags.faults.cuts.length > 0 ? damageLine(server, flags.faults, stop.signal, () => {}) : undefined;
  await ended;
  stop.abort();
  await damage;
  await server.close();
  return 0;
};

interface Addresses {
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  readonly jwtUrl: string;
}

const addressesOf = ({ urlBase, webSocketBase, apiSpaceId }: LocalServer): Addresses => ({
  urlBase,
  webSocketBase,
  apiSpaceId,
  jwtUrl: `${urlBase}/jwt`,
});

const addressLines = (server: LocalServer): string => {
  const { jwtUrl, ...addresses } = addressesOf(server);
  const shown = Object.entries({ ...addresses, jwt: `${jwtUrl}?profile=PROFILE&nonce=NONCE` });
  return shown.map(([name, value]) => `${name.padEnd(13)}  ${escapeText(value)}\n`).join('');
};

const openOrRefuse = async ({
  faults: { lasting },
  json: _json,
  ...options
}: ServeFlags): Promise<LocalServer> => {
  try {
    return await openServer({ ...options, faults: lasting }, jwtDoor);
  } catch (error) {
    throw refusalOf(error, options);
  }
};

/** What the system, or the journal, has against it. */
const refusalOf = (
  error: unknown,
  { port, host, data }: Pick<ServeFlags, 'port' | 'host' | 'data'>,
): unknown => {
  if (!types.isNativeError(error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  const syscall = 'syscall' in error ? error.syscall : '';
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    return new UsageError(
      `port ${port} of ${escapeText(host)} cannot be had (${code}); see --port and --host`,
    );
  }
  if (data === undefined) return error;
  return new UsageError(`--data: ${escapeText(error.message)}`);
};

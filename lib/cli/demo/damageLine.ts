import { setTimeout as pause } from 'node:timers/promises';
import type { LocalServer } from '../../server/LocalServer.js';
import type { LevelFaults } from './faultLevels.js';

/** Cut without a word, closed with an error, closed as if all were well: the ways a line ends. */
const CODES = [undefined, 1011, 1000];

const BETWEEN_CUTS_MS = 1_500;
const COMPANY_MS = 900;

/**
 * Damages the line: the lasting faults from now on, and a cut every now and then, each with its own company
 * for a moment. Ends, healed and with all of history visible, when `signal` is aborted.
 *
 * @param onCut Told the close code of each cut; `undefined` = cut without a word.
 */
export const damageLine = async (
  server: LocalServer,
  { lasting, cuts }: LevelFaults,
  signal: AbortSignal,
  onCut: (code: number | undefined) => void,
): Promise<void> => {
  const isOver = (): boolean => signal.aborted;
  const wait = (ms: number): Promise<unknown> => pause(ms, undefined, { signal }).catch(() => undefined);

  server.setFaults(lasting);
  for (let turn = 0; cuts.length > 0 && !isOver(); turn += 1) {
    await wait(BETWEEN_CUTS_MS);
    if (isOver()) break;
    const code = CODES[turn % CODES.length];
    server.setFaults({ ...lasting, ...cuts[turn % cuts.length] });
    server.dropSockets(code === undefined ? {} : { code });
    onCut(code);
    await wait(COMPANY_MS);
    server.setFaults(lasting);
  }
  server.setFaults({});
  // What history still held back when it was healed shows by then: there is something whole to compare with.
  await pause(lasting.historyLagMs ?? 0);
};

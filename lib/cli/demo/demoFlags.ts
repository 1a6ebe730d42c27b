import { parseFlags, wholeNumber } from '../parseFlags.js';
import { UsageError } from '../UsageError.js';
import { FAULT_LEVELS, type FaultLevel } from './faultLevels.js';

/** How the demo is to run. */
export interface DemoFlags {
  /** End by itself, instead of with Ctrl-C. */
  readonly once: boolean;
  readonly level: FaultLevel;
  readonly seed: number;
  /** 0 = any free one. */
  readonly port: number;
  /** One JSON object a line, for programs. */
  readonly json: boolean;
  /** A page to open in a browser, instead of text. */
  readonly web: boolean;
}

export const demoFlags = (args: readonly string[]): DemoFlags => {
  const { values: flags } = parseFlags(args, {
    once: { type: 'boolean', default: false },
    faults: { type: 'string' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    web: { type: 'boolean', default: false },
  });
  if (flags.web && flags.once) throw new UsageError('--web stays until Ctrl-C: leave --once out');
  // On the page it is the audience that spoils the line.
  const faults = flags.faults ?? (flags.web ? 'none' : 'mild');
  const level = [...FAULT_LEVELS.keys()].find((name) => name === faults);
  if (level === undefined) throw new UsageError('--faults takes none, mild or wild');
  return {
    once: flags.once,
    level,
    seed: wholeNumber('seed', flags.seed, 2 ** 32 - 1),
    port: wholeNumber('port', flags.port, 65_535),
    json: flags.json,
    web: flags.web,
  };
};

import { types } from 'node:util';
import { escapeText } from '../../fault/escapeText.js';
import { checkFaults } from '../../server/faults/checkFaults.js';
import { FAULT_LEVELS, type LevelFaults } from '../demo/faultLevels.js';
import { parseFlags, wholeNumber } from '../parseFlags.js';
import { UsageError } from '../UsageError.js';

/** What `serve` serves, and how badly. */
export interface ServeFlags {
  /** 0 = any free one. */
  readonly port: number;
  readonly host: string;
  /** The journal; without it nothing is kept. */
  readonly data?: string;
  readonly faults: LevelFaults;
  readonly seed: number;
  readonly apiSpaceId: string;
  readonly json: boolean;
}

export const serveFlags = (args: readonly string[]): ServeFlags => {
  const { values: flags } = parseFlags(args, {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    faults: { type: 'string', default: 'none' },
    seed: { type: 'string', default: '1' },
    space: { type: 'string', default: 'local' },
    json: { type: 'boolean', default: false },
  });
  return {
    port: wholeNumber('port', flags.port, 65_535),
    // Node takes an empty host for all of them.
    host: given('host', flags.host),
    ...(flags.data !== undefined && { data: given('data', flags.data) }),
    faults: levelNamed(flags.faults) ?? { lasting: faultsFrom(flags.faults), cuts: [] },
    seed: wholeNumber('seed', flags.seed, 2 ** 32 - 1),
    apiSpaceId: given('space', flags.space),
    json: flags.json,
  };
};

const given = (flag: string, value: string): string => {
  if (value !== '') return value;
  throw new UsageError(`--${flag} must not be empty`);
};

const levelNamed = (text: string): LevelFaults | undefined =>
  [...FAULT_LEVELS].find(([name]) => name === text)?.[1];

const faultsFrom = (text: string): LevelFaults['lasting'] => {
  const faults = parsed(text);
  try {
    checkFaults(faults);
    return faults;
  } catch (error) {
    throw new UsageError(
      `--faults: ${escapeText(types.isNativeError(error) ? error.message : String(error))}`,
    );
  }
};

const parsed = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text, regExpAtPath);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, for whatever it is.
  }
  throw new UsageError('--faults takes none, mild, wild or a JSON object such as {"lose":0.2}');
};

/** JSON has no regular expressions: the path of `answer` is the text of one. */
const regExpAtPath = (key: string, value: unknown): unknown =>
  key === 'path' && typeof value === 'string' ? new RegExp(value) : value;

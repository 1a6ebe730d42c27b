import { parseArgs, type ParseArgsConfig, types } from 'node:util';
import { escapeText } from '../fault/escapeText.js';
import { UsageError } from './UsageError.js';

type Flags = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Flags> = ReturnType<
  typeof parseArgs<{ options: O; strict: true; allowPositionals: true }>
>;

/**
 * The flags of a command line, and at most `mostPositionals` words beside them. Throws a {@link UsageError} of
 * one line for anything else.
 */
export const parseFlags = <O extends Flags>(
  args: readonly string[],
  options: O,
  mostPositionals = 0,
): Parsed<O> => {
  const parsed = parsedOrRefused(args, options);
  if (parsed.positionals.length <= mostPositionals) return parsed;
  // Not repeated: it may be a token that has lost its flag, and what is printed here ends up in logs.
  throw new UsageError(`unexpected argument number ${mostPositionals + 1}, flags aside; see --help`);
};

const parsedOrRefused = <O extends Flags>(args: readonly string[], options: O): Parsed<O> => {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    // The rest of what Node says is advice for shells.
    const [sentence = ''] = types.isNativeError(error) ? error.message.split(/\.\s/) : [];
    throw new UsageError(`${escapeText(sentence)}; see --help`);
  }
};

/** A whole number in a flag. */
export const wholeNumber = (flag: string, text: string, most: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new UsageError(`--${flag} takes a whole number from 0 to ${most}`);
};

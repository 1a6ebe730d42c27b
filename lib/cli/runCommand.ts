import { demo } from './demo/demo.js';
import { ownVersion } from './ownVersion.js';
import { serve } from './serve/serve.js';
import { tail } from './tail/tail.js';
import type { Terminal } from './Terminal.js';
import { UsageError } from './UsageError.js';

const USAGE = `comapi-rx: conversations of Comapi, complete and in order

  comapi-rx demo [--once] [--faults none|mild|wild] [--seed N] [--port N] [--json]
      writes a conversation on a local server, cuts and damages the line meanwhile, and compares
      what arrived with the server's log

  comapi-rx demo --web [--faults none|mild|wild] [--seed N] [--port N] [--json]
      serves a page with two people who chat, and buttons that spoil the line, until Ctrl-C

  comapi-rx serve [--port N] [--host HOST] [--data FILE] [--faults none|mild|wild|JSON] [--seed N]
                  [--space SPACE] [--json]
      runs the local server until Ctrl-C; its /jwt?profile=&nonce= signs for programs of this machine

  comapi-rx tail CONVERSATION --space SPACE [--token TOKEN] [--after N|now] [--json] [--url URL] [--ws URL]
      prints a conversation and follows it; the token is better given as COMAPI_TOKEN

  comapi-rx --version | --help
      -v and -h for short
`;

type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['demo', demo],
  ['serve', serve],
  ['tail', tail],
]);

const HELP = ['--help', '-h'];
const VERSION = ['--version', '-v'];

/**
 * Runs one command.
 *
 * @returns The exit code: 0 when all went well, 1 when the command found something wrong, 2 when it could not
 * start, with one line that says why.
 */
export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const [name = '', ...rest] = args;
  const { stdout, stderr } = terminal;
  // Whoever reads us may stop reading, as in `comapi-rx demo | head`: that is no error, but the end.
  stdout.on('error', () => terminal.emit('SIGINT'));
  if (name === 'help' || args.length === 0 || args.some((word) => HELP.includes(word))) {
    stdout.write(USAGE);
    return 0;
  }
  if (VERSION.includes(name) && rest.length === 0) {
    stdout.write(`${ownVersion()}\n`);
    return 0;
  }
  try {
    const command = COMMANDS.get(name);
    if (command === undefined) {
      const names = [...COMMANDS.keys()].join(', ');
      throw new UsageError(`the first word has to be a command (${names}); see --help`);
    }
    return await command(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    stderr.write(`comapi-rx: ${error.message}\n`);
    return 2;
  }
};

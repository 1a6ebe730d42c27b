import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a command to its end, and gives what it said; rejects with that when it fails. */
export const runCommand = async (
  command: string,
  args: readonly string[],
  cwd = process.cwd(),
): Promise<string> => {
  const env = { ...process.env, NG_CLI_ANALYTICS: 'false', NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`${[command, ...args].join(' ')} ended with code ${String(code)}:\n${said}`);
  return said;
};

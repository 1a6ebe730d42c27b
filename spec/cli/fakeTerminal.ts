import { EventEmitter } from 'node:events';
import type { Terminal } from '../../lib/cli/Terminal.js';

/** A terminal that keeps what is written to it, and emits `written` each time. */
export const fakeTerminal = (
  env: Terminal['env'] = {},
): Terminal & EventEmitter & { out(): string; err(): string } => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = new EventEmitter();
  const stream = (lines: string[]) =>
    Object.assign(new EventEmitter(), {
      write: (text: string) => {
        lines.push(text);
        terminal.emit('written');
      },
    });
  return Object.assign(terminal, {
    stdout: stream(out),
    stderr: stream(err),
    env,
    out: () => out.join(''),
    err: () => err.join(''),
  });
};

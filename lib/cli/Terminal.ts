import type { EventEmitter } from 'node:events';

/** Where lines go. */
export interface LineStream extends EventEmitter {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** The part of `process` that commands use. */
export interface Terminal extends EventEmitter {
  readonly stdout: LineStream;
  readonly stderr: LineStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

import type { EventEmitter } from 'node:events';

type Listened = Pick<EventEmitter, 'once' | 'on' | 'off' | 'addListener' | 'removeListener' | 'emit'>;

/** Where lines go. */
export interface LineStream extends Listened {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** The part of `process` that commands use. */
export interface Terminal extends Listened {
  readonly stdout: LineStream;
  readonly stderr: LineStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

import { setTimeout } from 'node:timers/promises';
import { decodeFrame } from '../../lib/index.js';
import { decodeWithIoTs } from './contenders/ioTs.js';
import { answer } from './program.js';
import { traffic } from './traffic.js';

/** How long the first hundred frames of a process take, in ms. */
export interface ColdDecoding {
  readonly firstHundredMs: number;
}

const decoders: Readonly<Record<string, (text: string) => unknown>> = {
  parse: JSON.parse,
  decodeFrame,
  ioTs: decodeWithIoTs,
};

const decode = decoders[process.argv[2] ?? ''] ?? JSON.parse;
const frames = traffic(100).map((text) => Buffer.from(text).toString());

// What loading has left behind falls due at some later moment: the garbage, and code that other threads compile.
// It takes longer than the frames, and is paid by whoever is there then.
globalThis.gc?.();
await setTimeout(200);

// By the clock: processor time would count what those threads do. Who is kept waiting by another process is far from
// the median.
const before = performance.now();
for (const text of frames) decode(text);
answer({ firstHundredMs: performance.now() - before } satisfies ColdDecoding);

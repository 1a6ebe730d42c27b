import { decodeFrame } from '../../lib/index.js';
import { decodeWithIoTs } from './contenders/ioTs.js';
import { answer } from './program.js';
import { traffic } from './traffic.js';

/** How long the first hundred frames of a process take, in ms of processor time. */
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
const before = process.cpuUsage();
for (const text of frames) decode(text);
const { user, system } = process.cpuUsage(before);
answer({ firstHundredMs: (user + system) / 1_000 } satisfies ColdDecoding);

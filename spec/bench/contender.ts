import { bareWs } from './contenders/bareWs.js';
import type { Contender, ContenderUrls } from './contenders/Contender.js';
import { ours } from './contenders/ours.js';
import { rxjsFilters } from './contenders/rxjsFilters.js';
import { vendorSdk } from './contenders/vendorSdk.js';
import { peer } from './peer.js';
import { answer } from './program.js';
import { spreadOf } from './sideBySide.js';

/** What one contender needed in its own process, to hear all that the server sent. */
export interface Hearing {
  /** Processor time for one frame of a flood, as fast as it can be sent, in µs. */
  readonly floodUs: number;
  /** The same when frames come one at a time, a thousand in a second. */
  readonly calmUs: number;
  /** From the call that sent a frame to the call that heard of it, when they come one at a time, in ms. */
  readonly p50: number;
  readonly p99: number;
}

interface Peer {
  readonly connect: Contender;
}

const contenders: Readonly<Record<string, () => Contender | Promise<Contender>>> = {
  bareWs: () => bareWs,
  ours: () => ours,
  rxjsFilters: () => rxjsFilters,
  vendorSdk: () => vendorSdk,
  socketIo: async () => (await peer<Peer>('socketIo')).connect,
  centrifuge: async () => (await peer<Peer>('centrifuge')).connect,
};

const [, , name = '', urls = '{}', warm = '0', flood = '0', singles = '0'] = process.argv;
const [warmUp, frames, calm] = [Number(warm), Number(flood), Number(singles)];

/** Frames of the calm part say when they were sent, in the text of the message. */
const sentAt = (event: unknown): number => {
  const payload: unknown = Reflect.get(Object(event), 'payload');
  const parts: unknown = Reflect.get(Object(payload), 'parts');
  return Number(Reflect.get(Object(Reflect.get(Object(parts), 0)), 'data'));
};

const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const cpuUs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return user + system;
};
const latencies: number[] = [];
let heard = 0;
let before = process.cpuUsage();
let floodUs = 0;

const told = (event: unknown): void => {
  heard += 1;
  if (heard === warmUp) before = process.cpuUsage();
  if (heard < warmUp + frames) return;
  if (heard === warmUp + frames) {
    floodUs = cpuUs(before) / frames;
    before = process.cpuUsage();
    process.send?.({ step: 'heard all' });
    return;
  }
  latencies.push(now() - sentAt(event));
  if (latencies.length < calm) return;
  const sorted = [...latencies].sort((a, b) => a - b);
  answer({
    floodUs,
    calmUs: cpuUs(before) / calm,
    p50: spreadOf(sorted).median,
    p99: sorted[Math.floor(0.99 * sorted.length)] ?? NaN,
  } satisfies Hearing);
};

const contender = await contenders[name]?.();
// The one that gave the address made it of these.
await contender?.(JSON.parse(urls) as ContenderUrls, told);
process.send?.({ step: 'ready' });

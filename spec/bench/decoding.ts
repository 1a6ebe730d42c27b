import { filter, firstValueFrom } from 'rxjs';
import { createClient, decodeFrame } from '../../lib/index.js';
import { decodeWithIoTs } from './contenders/ioTs.js';
import { leanSocket } from './leanSocket.js';
import { peer } from './peer.js';
import { answer } from './program.js';
import { besideFloor, type Spread } from './sideBySide.js';
import { traffic } from './traffic.js';

export interface Decoding {
  readonly good: Readonly<Record<'decodeFrame' | 'client' | 'ioTs' | 'zod', Spread>>;
  /** Frames with one wrong field, whose errors nobody reads. */
  readonly bad: Readonly<Record<'decodeFrame' | 'ioTs' | 'zod', Spread>>;
}

interface Zod {
  readonly decodeWithZod: (text: string) => unknown;
}

// What is made goes into a field that anybody could read, or an engine might not make it at all.
const sink: { last: unknown } = { last: undefined };
const each =
  (frames: readonly string[], decode: (text: string) => unknown): (() => void) =>
  () => {
    for (const text of frames) sink.last = decode(text);
  };

/** A whole client, with a socket that has no network behind it: decoded, and split by name. */
const throughClient = async (frames: readonly string[]): Promise<() => void> => {
  const network = leanSocket();
  const client = createClient({ apiSpaceId: 'space', getToken: () => 'token', webSocketCtor: network.ctor });
  for (const name of [
    'conversationMessageEvent',
    'participantTyping',
    'participantTypingOff',
    'participantAdded',
  ] as const) {
    client.event(name).subscribe((payload) => (sink.last = payload));
  }
  await firstValueFrom(client.status$.pipe(filter(({ state }) => state === 'connected')));
  return each(frames, network.message);
};

const { decodeWithZod } = await peer<Zod>('zod');
const frames = traffic(2_000);
/** As they would come from a socket: in one piece, which a text that was put together is not. */
const spoilt = frames
  .map((text) => text.replaceAll(/"(profileId|messageId)":"[^"]*"/g, '"$1":5'))
  .map((text) => Buffer.from(text).toString());

const beside = (texts: readonly string[], decode: () => void): Spread =>
  besideFloor(each(texts, JSON.parse), decode, { warmUp: 40, rounds: 100 });

answer({
  good: {
    decodeFrame: beside(frames, each(frames, decodeFrame)),
    client: beside(frames, await throughClient(frames)),
    ioTs: beside(frames, each(frames, decodeWithIoTs)),
    zod: beside(frames, each(frames, decodeWithZod)),
  },
  bad: {
    decodeFrame: beside(spoilt, each(spoilt, decodeFrame)),
    ioTs: beside(spoilt, each(spoilt, decodeWithIoTs)),
    zod: beside(spoilt, each(spoilt, decodeWithZod)),
  },
} satisfies Decoding);

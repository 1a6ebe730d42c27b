import type { TimelineOptions } from '../../lib/conversation/Conversation.js';
import type { HistoryOptions } from '../../lib/history/HistoryOptions.js';
import type { Timeline } from '../../lib/projection/Timeline.js';
import { type ClientWorld, openWorld } from './clientWorld.js';
import type { SentEntry } from './frames.js';
import { type Watched, watch } from './watch.js';

const CALM = { confirmProbeMs: Infinity, idleProbeMs: Infinity };

/** A world with an open line, and a garden with this log, in which nothing is asked for without a reason. */
export const gardenWith = async (
  log: readonly SentEntry[],
  history: HistoryOptions = {},
): Promise<ClientWorld> => {
  const world = await openWorld({ history: { ...CALM, ...history } });
  world.backend.logs.set('garden', log);
  return world;
};

/** Puts an entry into the log, and tells the client. */
export const happens = ({ backend, receive }: ClientWorld, entry: SentEntry): void => {
  backend.logs.set('garden', [...(backend.logs.get('garden') ?? []), entry]);
  receive(entry);
};

export const watchGarden = ({ client }: ClientWorld, options?: TimelineOptions): Watched<Timeline> =>
  watch(client.conversation('garden').timeline(options));

/** What is shown now. */
export const last = ({ values }: Watched<Timeline>): Timeline => {
  const timeline = values.at(-1);
  if (timeline === undefined) throw new Error('Nothing was shown.');
  return timeline;
};

/** The positions of what is shown now. */
export const ids = (watched: Watched<Timeline>): readonly (number | undefined)[] =>
  last(watched).messages.map(({ sentEventId }) => sentEventId);

/** From where pages of messages were asked for; undefined is the newest one. */
export const pagesAsked = ({ backend }: ClientWorld): readonly (string | undefined)[] =>
  backend.requests
    .filter(({ method, path }) => method === 'GET' && path.endsWith('/messages'))
    .map(({ query }) => query['from']);

/** The whole numbers from one to another. */
export const fromTo = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

import { asyncScheduler, filter, firstValueFrom, map, merge, NEVER, Subject, Subscription } from 'rxjs';
import { followedLogs } from '../../lib/log/followedLogs.js';
import { untold } from '../../lib/log/spreadReopens.js';
import { unfollowed } from '../../lib/history/followLog.js';
import type { LogSource } from '../../lib/history/LogSource.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { createClient } from '../../lib/index.js';
import { leanSocket } from './leanSocket.js';
import { answer } from './program.js';
import { besideFloor, type Spread } from './sideBySide.js';

/** What it costs to follow ten thousand conversations. */
export interface Following {
  /** An event of the first of 10,000 conversations, as a multiple of the same with one alone. */
  readonly growth: Spread;
  /** The same where each conversation is a `filter`. */
  readonly growthOfFilters: Spread;
  /** Heap for each idle conversation, in bytes: in the router and the merge, and in the whole client. */
  readonly routerAndMergeBytes: number;
  readonly clientBytes: number;
  readonly filtersBytes: number;
}

const MANY = 10_000;
const EVENTS = 2_000;
const sink: { last: unknown } = { last: undefined };

const status = (conversation: string, id: number): string =>
  JSON.stringify({
    name: 'conversationMessage.read',
    payload: { messageId: 'm', conversationId: conversation, profileId: 'ann' },
    conversationEventId: id,
  });

/** Bytes of heap that are there afterwards and were not before, for each. */
const heapOfEach = (count: number, make: (index: number) => unknown): number => {
  const kept: unknown[] = new Array<unknown>(count).fill(undefined);
  const before = heapUsed();
  for (let index = 0; index < count; index += 1) kept[index] = make(index);
  const after = heapUsed();
  sink.last = kept;
  return (after - before) / count;
};

const heapUsed = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

/** A client that follows so many conversations, all of them quiet and caught up; the function sends events to the first. */
const following = async (count: number): Promise<{ readonly first: () => void; readonly bytes: number }> => {
  const network = leanSocket();
  const client = createClient({
    apiSpaceId: 'space',
    getToken: () => 'token',
    webSocketCtor: network.ctor,
    fetch: () => Promise.resolve(new Response('[]', { headers: { 'content-type': 'application/json' } })),
    history: { idleProbeMs: Infinity, confirmProbeMs: Infinity },
  });
  client.connect();
  await firstValueFrom(client.status$.pipe(filter(({ state }) => state === 'connected')));
  const caughtUp: Promise<unknown>[] = [];
  const before = heapUsed();
  for (let index = 0; index < count; index += 1) {
    const log = client.conversation(`garden-${index}`).log();
    log.events$.subscribe((event) => (sink.last = event));
    caughtUp.push(firstValueFrom(log.status$.pipe(filter(({ state }) => state === 'live'))));
  }
  await Promise.all(caughtUp.splice(0));
  const bytes = (heapUsed() - before) / count;
  let id = 0;
  return {
    bytes,
    first: () => {
      for (let event = 0; event < EVENTS; event += 1) network.message(status('garden-0', id++));
    },
  };
};

const byFilters = (count: number): (() => void) => {
  const frames$ = new Subject<{ readonly conversationId: string }>();
  const all = Array.from({ length: count }, (_, index) =>
    frames$.pipe(filter(({ conversationId }) => conversationId === `garden-${index}`)),
  );
  merge(...all).subscribe((event) => (sink.last = event));
  const event = { conversationId: 'garden-0' };
  return () => {
    for (let sent = 0; sent < 20; sent += 1) frames$.next(event);
  };
};

/** As in a client, whose logs have the same source. */
const source: LogSource<object> = {
  settings: mergeSettings({}),
  attach: () => Subscription.EMPTY,
  fetch: () => NEVER,
  positionOf: () => 0,
  judge: () => 'retry',
  scheduler: asyncScheduler,
  now: () => asyncScheduler.now(),
  random: Math.random,
};
const register = followedLogs<{ readonly conversationId: string }>();
const routerAndMergeBytes = heapOfEach(MANY, (index) => {
  const conversationId = `garden-${index}`;
  const log = unfollowed(source, conversationId, -1);
  const follower = { conversationId, log, isHere: true, ...untold() };
  register.enter(follower);
  return follower;
});
const frames$ = new Subject<{ readonly name: string; readonly id: string }>();
const filtersBytes = heapOfEach(MANY, (index) =>
  frames$
    .pipe(
      filter(({ name }) => name === 'message'),
      filter(({ id }) => id === `garden-${index}`),
      map(({ id }) => id),
    )
    .subscribe((id) => (sink.last = id)),
);

const one = await following(1);
const many = await following(MANY);
answer({
  growth: besideFloor(one.first, many.first, { warmUp: 10, rounds: 40 }),
  growthOfFilters: besideFloor(byFilters(1), byFilters(MANY), { warmUp: 3, rounds: 10 }),
  routerAndMergeBytes,
  clientBytes: many.bytes,
  filtersBytes,
} satisfies Following);

import {
  distinctUntilKeyChanged,
  filter,
  firstValueFrom,
  fromEvent,
  interval,
  map,
  merge,
  NEVER,
  noop,
  type Observable,
  of,
  race,
  timer,
} from 'rxjs';
import { nodeWebSocket } from '../../transport/nodeWebSocket.js';
import type { ConversationLog } from '../../log/ConversationLog.js';
import type { Client } from '../../client/Client.js';
import { createClient } from '../../client/createClient.js';
import type { LocalServer } from '../../server/LocalServer.js';
import { compareLogs, isWhole } from './compareLogs.js';
import { damageLine } from './damageLine.js';
import type { DemoFlags } from './demoFlags.js';
import type { DemoNews } from './DemoNews.js';
import { FAULT_LEVELS, requestedFaults } from './faultLevels.js';
import { readLog } from './readLog.js';
import { READER, say, WRITERS, writeAlong } from './writeAlong.js';

export interface DemoParts {
  readonly flags: DemoFlags;
  readonly server: LocalServer;
  readonly tell: (news: DemoNews) => void;
  /** Aborted when the audience has seen enough. */
  readonly signal: AbortSignal;
  readonly random: () => number;
}

export type DemoResult = Extract<DemoNews, { readonly type: 'result' }>;

const HISTORY_LENGTH = 60;
const LEAST_PLAY_MS = 7_000;
const MOST_PLAY_MS = 18_000;
const LAST_WORDS_WAIT_MS = 8_000;

/** The whole story, from the first message to the comparison. */
export const playDemo = async ({ flags, server, tell, signal, random }: DemoParts): Promise<DemoResult> => {
  const level = FAULT_LEVELS.get(flags.level) ?? { lasting: {}, cuts: [] };
  const requested = requestedFaults(level);
  const neverHappened = (): readonly string[] =>
    requested.filter((name) => (server.faultCounts[name] ?? 0) === 0);

  const { level: faults, seed } = flags;
  tell({ type: 'start', urlBase: server.urlBase, faults, seed, reader: READER, writers: WRITERS });
  const conversationId = server.createConversation({ participants: [READER, ...WRITERS] });
  const scene = { server, conversationId, random };
  const sayAll = (count: number): void => {
    for (let index = 0; index < count; index += 1) say(scene, WRITERS[index % WRITERS.length] ?? READER);
  };
  sayAll(HISTORY_LENGTH);

  const client = clientOf(server);
  const log = client.conversation(conversationId).log();
  const arrived: number[] = [];
  const news = newsOf(client, log).subscribe({
    next: (item) => {
      if (item.type === 'event') arrived.push(item.event.conversationEventId);
      tell(item);
    },
    // The status of the line has told why, and the comparison will tell what it cost.
    error: noop,
  });

  // ---- everybody writes, and the line suffers
  const enough = new AbortController();
  const writing = writeAlong(scene).subscribe();
  const damage = damageLine(server, level, enough.signal, (code) => {
    tell({ type: 'cut', ...(code !== undefined && { code }) });
  });
  const over$ = flags.once ? playedEnough(() => neverHappened().length === 0) : NEVER;
  await firstValueFrom(merge(over$, fromAbort(signal)), { defaultValue: undefined });
  writing.unsubscribe();
  enough.abort();
  await damage;

  // ---- the last words come over a healed line, and bring to light whatever is missing before them
  sayAll(WRITERS.length);
  const last = server.events(conversationId).at(-1)?.conversationEventId ?? -1;
  const caughtUp$ = log.status$.pipe(filter(({ cursor }) => cursor >= last));
  await firstValueFrom(race(caughtUp$, timer(LAST_WORDS_WAIT_MS)), { defaultValue: undefined });
  const comparison = compareLogs(await readLog(server, conversationId, READER), arrived);
  news.unsubscribe();
  await client.close();

  const result: DemoResult = {
    type: 'result',
    isWhole: isWhole(comparison),
    ...comparison,
    faults: Object.fromEntries(requested.map((name) => [name, server.faultCounts[name] ?? 0])),
    // Whoever ends it early has not waited for all of them.
    neverHappened: flags.once ? neverHappened() : [],
  };
  tell(result);
  return result;
};

const clientOf = (server: LocalServer): Client =>
  createClient({
    apiSpaceId: server.apiSpaceId,
    urlBase: server.urlBase,
    webSocketBase: server.webSocketBase,
    webSocketCtor: nodeWebSocket(),
    authenticate: ({ nonce }) => server.issueJwt(READER, nonce),
    // This server never shows a higher id more than 300 ms before a lower one, so there is no need to wait longer.
    history: { holeGraceMs: 600 },
    reconnect: { initialDelayMs: 300, maxDelayMs: 1_500 },
  });

/** All that there is to tell; the events come last, since they start the run that the others tell of. */
const newsOf = (client: Client, log: ConversationLog): Observable<DemoNews> =>
  merge(
    client.status$.pipe(map(({ state }): DemoNews => ({ type: 'line', status: state }))),
    log.status$.pipe(
      distinctUntilKeyChanged('state'),
      map(({ state, cursor }): DemoNews => ({ type: 'sync', status: state, cursor })),
    ),
    log.holes$.pipe(map((range): DemoNews => ({ type: 'hole', ...range }))),
    log.discontinuities$.pipe(map((range): DemoNews => ({ type: 'discontinuity', ...range }))),
    log.events$.pipe(map((event): DemoNews => ({ type: 'event', event }))),
  );

/** Not before everything that was asked for has happened, and not for ever. */
const playedEnough = (hasAllHappened: () => boolean): Observable<unknown> =>
  merge(
    interval(100).pipe(filter((tick) => tick * 100 >= LEAST_PLAY_MS && hasAllHappened())),
    timer(MOST_PLAY_MS),
  );

const fromAbort = (signal: AbortSignal): Observable<unknown> =>
  signal.aborted ? of(undefined) : fromEvent(signal, 'abort');

import { defer, map, merge, of, Subject, takeUntil } from 'rxjs';
import { currentOf } from '../stream/currentOf.js';
import { shareLatest } from '../stream/shareLatest.js';
import { outside } from '../stream/Zone.js';
import type { DecodeError } from '../wire/DecodeError.js';
import { frameDecoder } from '../wire/decodeFrame.js';
import { fetchHttp } from '../transport/fetchHttp.js';
import { staysConnected } from '../transport/staysConnected.js';
import { authorized } from '../session/authorized.js';
import { endpoints } from '../rest/endpoints.js';
import { readEvents } from '../rest/readEvents.js';
import { steadyClock } from '../history/steadyClock.js';
import { eventStreams, keepStreams } from '../feed/eventStreams.js';
import { liveFeed } from '../feed/liveFeed.js';
import { followTogether } from '../log/followTogether.js';
import { historyReader } from '../log/historyReader.js';
import { lineWitness } from '../log/lineWitness.js';
import { logSource } from '../log/logSource.js';
import { autoDeliver } from '../conversation/autoDeliver.js';
import { keptTimelines } from '../conversation/keptTimelines.js';
import { openConversation } from '../conversation/openConversation.js';
import { createOutboxes } from '../conversation/outboxes.js';
import { statusMarks } from '../conversation/statusMarks.js';
import { surroundings } from '../conversation/surroundings.js';
import type { Client } from './Client.js';
import type { ClientOptions } from './ClientOptions.js';
import { clientSettings } from './clientSettings.js';
import { conversationList } from './conversationList.js';
import { endings } from './endings.js';
import { narrate } from './narrate.js';
import { socketAddress } from './socketAddress.js';
import { untilEnded } from './untilEnded.js';

/**
 * Creates a client. Nothing happens until something of it is subscribed to: no login, no request, no socket.
 *
 * @example
 * ```ts
 * import { createClient } from 'comapi-rx';
 * import { nodeWebSocket } from 'comapi-rx/node';
 * import { startServer } from 'comapi-rx/server';
 * import { firstValueFrom } from 'rxjs';
 *
 * const server = await startServer();
 * const garden = server.createConversation({ participants: ['ann', 'bob'] });
 * server.publish(garden, { from: 'bob', text: 'The roses are out.' });
 *
 * const client = createClient({
 *   apiSpaceId: server.apiSpaceId,
 *   urlBase: server.urlBase,
 *   webSocketBase: server.webSocketBase,
 *   webSocketCtor: nodeWebSocket(),
 *   authenticate: ({ nonce }) => server.issueJwt('ann', nonce),
 * });
 * const event = await firstValueFrom(client.conversation(garden).messageEvents());
 *
 * assert.equal(event.conversationEventId, 0);
 * await client.close();
 * await server.close();
 * ```
 *
 * @throws TypeError or RangeError for options that can only be a mistake.
 */
export const createClient = (options: ClientOptions): Client => {
  const settings = clientSettings(options);
  const { zone, scheduler, random } = settings;
  const ended$ = new Subject<void>();

  // Who I am, and what I may ask.
  const http = fetchHttp(settings);
  const tokens = settings.login(http, settings);
  const me = (): string | undefined => currentOf(tokens.profileId$);
  const isMe = (profileId: string): boolean => profileId === me();
  const isClosed = (): boolean => feed.isClosed;
  const asMe = untilEnded({ http: authorized(http, tokens), ended$, isClosed, zone });
  const witness = lineWitness({ ...settings, ...settings.merge, me });
  const report = (unusable: DecodeError): void => {
    feed.report(unusable);
  };
  const api = endpoints(asMe, { ...settings, report });
  const rest = { ...api, sendMessage: witness.sendingOf(api.sendMessage) };

  // The line, and what it brings. The probe only has to be authorised: any other answer, a 404 for nobody's profile
  // included, will do.
  const address = socketAddress({ ...settings, tokens, probe: () => rest.getProfile(me() ?? '-') });
  const feed = liveFeed({
    ...settings,
    decode: frameDecoder(settings),
    heard: (event) => {
      witness.heard(event);
      delivery.heard(event);
    },
    logs: {
      of: (conversationId) => together.of(conversationId),
      tell: (followers: ReturnType<typeof together.of>, about) => {
        together.tell(followers, about);
      },
    },
    connect: (ends) =>
      merge(
        staysConnected({ ...settings, ...address, ...ends, silent$: witness.silent$ }),
        tokens.renewals$,
      ).pipe(outside(zone)),
  });
  const isOpen$ = feed.status$.pipe(map(({ state }) => state === 'connected'));
  const event = keepStreams(feed.ofName);

  // History, and the logs that are read on it.
  const reading = witness.readingOf({ ...rest, readEvents: readEvents(asMe, settings) });
  const history = historyReader({ ...settings, ...reading, listMessages: rest.listMessages, report });
  const endedOrOver$ = defer(() => (isClosed() ? of(undefined) : ended$));
  const together = followTogether({
    ...settings,
    ...history,
    status$: feed.status$,
    line$: feed.unknownEvents$,
    ended$: endedOrOver$,
    isMe,
    looks$: witness.looks$,
  });
  const logParts = {
    ...history,
    ...together,
    settings: settings.merge,
    scheduler,
    now: steadyClock(scheduler),
    random,
  };

  // What screens need of a conversation besides.
  const marks = statusMarks({ ...settings, ...history, rest, ended$, isClosed });
  const delivery = autoDeliver({ isWanted: settings.autoDeliver, marks, me });
  // That an own message is in the log is known as soon as its send is answered.
  const outboxes = createOutboxes({ sendMessage: rest.sendMessage, exists: together.hint, me, ended$, zone });
  const around = surroundings({
    ...logParts,
    rest,
    isOpen$,
    eventsAbout: feed.about,
    othersAbout: feed.othersAbout,
    marks,
    isMe,
    ended$: endedOrOver$,
  });
  const kept = keptTimelines({ ...settings, ended$ });
  const parts = {
    ...logParts,
    source: logSource(logParts),
    watchRun: delivery.watchRun,
    readMessages: delivery.reading(history.readMessages),
    ...outboxes,
    outboxOf: outboxes.viewOf,
    unknownEvents$: feed.unknownEvents$,
    kept,
    zone,
  };

  const conversations$ = conversationList({
    ...logParts,
    ...history,
    rest: { ...rest, ...reading },
    me,
    ended$: endedOrOver$,
    isOpen$,
    events$: feed.events$,
    unknownEvents$: feed.unknownEvents$,
    taken$: marks.taken$,
  }).pipe(shareLatest());

  narrate(options.logger, feed);

  return {
    ...eventStreams(event),
    event,
    events$: feed.events$,
    unknownEvents$: feed.unknownEvents$,
    decodeErrors$: feed.decodeErrors$,
    handlerErrors$: feed.handlerErrors$,
    on: feed.on,
    off: feed.off,
    status$: feed.status$,
    get status() {
      return feed.status;
    },
    reconnected$: feed.reconnected$,
    me$: outside<string | undefined>(zone)(tokens.profileId$.pipe(takeUntil(feed.closed$))),
    connect: feed.connect,
    reconnect: feed.reconnect,
    ...endings({ feed, tokens, ended$, zone, signal: options.signal }),
    conversations$,
    conversation: (conversationId) => openConversation(conversationId, parts, around),
    rest,
  };
};

import { asyncScheduler, catchError, concat, NEVER, type Observable, of, type SchedulerLike } from 'rxjs';
import { shareLatest } from '../stream/shareLatest.js';
import { NO_ZONE, outsideScheduler, type Zone } from '../stream/Zone.js';
import type { EventAliases } from '../wire/canonicalNames.js';
import type { Circumstances } from '../transport/Circumstances.js';
import type { Logger } from '../transport/Logger.js';
import type { HeartbeatTimes, ReconnectOptions } from '../transport/staysConnected.js';
import type { WebSocketCtor } from '../transport/WebSocketCtor.js';
import { type MergeSettings, mergeSettings } from '../history/mergeSettings.js';
import { checkOptions } from './checkOptions.js';
import { circumstances } from './circumstances.js';
import type { ClientOptions } from './ClientOptions.js';
import { type Login, loginOf } from './loginOf.js';
import { safeLogger } from './safeLogger.js';

/** The options of a client with all defaults filled in, under the names that their users know them by. */
export interface ClientSettings {
  readonly apiSpaceId: string;
  readonly login: Login;
  readonly profileId: string | undefined;
  readonly urlBase: string;
  readonly webSocketBase: string;
  readonly fetch: () => typeof globalThis.fetch;
  readonly ctor: () => WebSocketCtor | undefined;
  /** Never ends: after its last word, that one counts; after an error the line may not be open. */
  readonly isEnabled$: Observable<boolean>;
  readonly lingerMs: number;
  readonly connectTimeoutMs: number | undefined;
  readonly requestTimeoutMs: number;
  readonly reconnect: ReconnectOptions | false | undefined;
  readonly heartbeat: HeartbeatTimes | false | undefined;
  readonly circumstances: Circumstances;
  readonly maxBytes: number;
  readonly aliases: EventAliases;
  readonly autoDeliver: boolean;
  readonly merge: MergeSettings;
  readonly maxConcurrent: number;
  readonly keepAliveMs: number;
  readonly zone: Zone;
  readonly scheduler: SchedulerLike;
  readonly random: () => number;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Fills in the defaults. Throws a `TypeError` or `RangeError` for options that can only be a mistake. */
export const clientSettings = (options: ClientOptions): ClientSettings => {
  checkOptions(options);
  const { apiSpaceId, connectTimeoutMs, reconnect, heartbeat, webSocketCtor } = options;
  const { enabled = true, history = {}, wakeOn = {}, zone = NO_ZONE } = options;
  const enabled$ = typeof enabled === 'boolean' ? of(enabled) : enabled;
  const scheduler = outsideScheduler(zone, options.scheduler ?? asyncScheduler);

  return {
    apiSpaceId,
    login: loginOf(options),
    profileId: options.profileId,
    urlBase: options.urlBase ?? 'https://api.comapi.com',
    webSocketBase: options.webSocketBase ?? 'wss://api.comapi.com',
    fetch: () => options.fetch ?? globalThis.fetch,
    ctor: () => (webSocketCtor === null ? undefined : (webSocketCtor ?? globalThis.WebSocket)),
    isEnabled$: concat(enabled$.pipe(catchError(() => of(false))), NEVER).pipe(
      // Said once for the line, it holds for history too.
      shareLatest(),
    ),
    lingerMs: options.lingerMs ?? 2_000,
    connectTimeoutMs,
    requestTimeoutMs: options.requestTimeoutMs ?? 15_000,
    reconnect,
    heartbeat,
    circumstances: circumstances({ wakeOn, scheduler, zone }),
    maxBytes: options.maxMessageBytes ?? 1_048_576,
    aliases: options.eventAliases ?? {},
    autoDeliver: options.autoDeliver ?? false,
    merge: mergeSettings(history),
    maxConcurrent: history.maxConcurrent ?? 4,
    keepAliveMs: history.keepAliveMs ?? 30_000,
    zone,
    scheduler,
    random: options.random ?? Math.random,
    now: () => scheduler.now(),
    logger: safeLogger(options.logger),
  };
};

import {
  concatMap,
  defer,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  NEVER,
  Observable,
  type SchedulerLike,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { clampDelay } from '../stream/backoff.js';
import type { SocketFailure } from './SocketFailure.js';

export interface HeartbeatOptions {
  /** An open socket. */
  readonly socket: WebSocket;
  /** From one ping to the next. */
  readonly intervalMs: number;
  /** How long an answer to a ping may take. */
  readonly timeoutMs: number;
  /** Each value is an occasion to look at once. Default: none. */
  readonly wake$?: Observable<unknown> | undefined;
  /** Emits when it is shown that the line is dead; only followed where the socket cannot ping. Default: never. */
  readonly silent$?: Observable<unknown> | undefined;
  readonly scheduler: SchedulerLike;
}

/**
 * Keeps an open line awake, and finds out when nobody is at its other end any more.
 *
 * Where the socket can ping, as in Node, it is pinged; anything that comes in then is an answer. A dead line is
 * found within `intervalMs + timeoutMs`. Browsers cannot ping, and silence alone proves nothing: there the small
 * `echo` frame that Comapi knows goes out every minute, so that nothing on the way takes the line for unused, and
 * the line is dead when `silent$` says so.
 *
 *     pings:   -----p-----p-----p---
 *     heard:   ------h-------------
 *     result:  ------------------#     (silent)
 *
 * @returns Emits nothing and never completes. Errors with the failure `silent`. Unsubscribing stops it.
 */
export const heartbeat = ({ socket, ...options }: HeartbeatOptions): Observable<never> =>
  canPing(socket) ? pinging(socket, options) : echoing(socket, options);

/** A socket of the `ws` family. */
interface PingingSocket {
  ping(): void;
  on(event: string, listener: () => void): unknown;
  off(event: string, listener: () => void): unknown;
}

const canPing = (socket: object): socket is PingingSocket =>
  ['ping', 'on', 'off'].every((name) => typeof Reflect.get(socket, name) === 'function');

const pinging = (
  socket: PingingSocket,
  { intervalMs, timeoutMs, wake$ = NEVER, scheduler }: Omit<HeartbeatOptions, 'socket'>,
): Observable<never> => {
  const beats$ = merge(timer(clampDelay(intervalMs), clampDelay(intervalMs), scheduler), wake$);
  const silence$ = timer(clampDelay(timeoutMs), scheduler).pipe(
    // When the process was busy for long, the answer may be waiting behind this timer: one look at the socket first.
    concatMap(() => timer(0, scheduler)),
    concatMap(silent),
  );
  const ask$ = defer(() => {
    socket.ping();
    return silence$;
  });

  return beats$.pipe(exhaustMap(() => ask$.pipe(takeUntil(signsOfLife(socket)))));
};

const signsOfLife = (socket: PingingSocket): Observable<void> =>
  new Observable((subscriber) => {
    const isAlive = (): void => subscriber.next();
    for (const sign of SIGNS) socket.on(sign, isAlive);
    return () => {
      for (const sign of SIGNS) socket.off(sign, isAlive);
    };
  });

const SIGNS = ['pong', 'ping', 'message'] as const;

const echoing = (
  socket: WebSocket,
  { wake$ = NEVER, silent$ = NEVER, scheduler }: Omit<HeartbeatOptions, 'socket'>,
): Observable<never> => {
  // Sent over a connection that is gone, it also makes the device find out.
  const echoes$ = merge(timer(ECHO_EVERY_MS, ECHO_EVERY_MS, scheduler), wake$).pipe(
    map(() =>
      JSON.stringify({ name: 'echo', payload: {}, publishedOn: new Date(scheduler.now()).toISOString() }),
    ),
    tap((frame) => socket.send(frame)),
    ignoreElements(),
  );
  return merge(echoes$, silent$.pipe(concatMap(silent)));
};

const silent = (): Observable<never> => throwError((): SocketFailure => ({ kind: 'silent' }));

const ECHO_EVERY_MS = 60_000;

import {
  concatMap,
  defer,
  exhaustMap,
  fromEventPattern,
  ignoreElements,
  map,
  merge,
  type Observable,
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
  readonly scheduler: SchedulerLike;
}

/**
 * Keeps an open line awake, and finds out when nobody is at its other end any more.
 *
 * Where the socket can ping, as in Node, it is pinged; anything that comes in then is an answer. A dead line is
 * found within `intervalMs + timeoutMs`. Browsers cannot ping, and silence alone proves nothing: there the small
 * `echo` frame that Comapi knows goes out every minute, so that nothing on the way takes the line for unused.
 *
 *     pings:   -----p-----p-----p---
 *     heard:   ------h-------------
 *     result:  ------------------#     (silent)
 *
 * @returns Emits nothing and never completes. Errors with the failure `silent`. Unsubscribing stops it.
 */
export const heartbeat = ({ socket, ...options }: HeartbeatOptions): Observable<never> =>
  canPing(socket) ? pinging(socket, options) : echoing(socket, options.scheduler);

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
  { intervalMs, timeoutMs, scheduler }: Omit<HeartbeatOptions, 'socket'>,
): Observable<never> => {
  const beats$ = timer(clampDelay(intervalMs), clampDelay(intervalMs), scheduler);
  const silence$ = timer(clampDelay(timeoutMs), scheduler).pipe(
    // When the process was busy for long, the answer may be waiting behind this timer: one look at the socket first.
    concatMap(() => timer(0, scheduler)),
    concatMap(() => throwError((): SocketFailure => ({ kind: 'silent' }))),
  );
  const ask$ = defer(() => {
    socket.ping();
    return silence$;
  });

  return beats$.pipe(exhaustMap(() => ask$.pipe(takeUntil(signsOfLife(socket)))));
};

const signsOfLife = (socket: PingingSocket): Observable<unknown> =>
  merge(
    ...['pong', 'ping', 'message'].map((name) =>
      fromEventPattern(
        (listener) => socket.on(name, listener),
        (listener) => socket.off(name, listener),
      ),
    ),
  );

const echoing = (socket: WebSocket, scheduler: SchedulerLike): Observable<never> =>
  timer(ECHO_EVERY_MS, ECHO_EVERY_MS, scheduler).pipe(
    map(() =>
      JSON.stringify({ name: 'echo', payload: {}, publishedOn: new Date(scheduler.now()).toISOString() }),
    ),
    tap((frame) => socket.send(frame)),
    ignoreElements(),
  );

const ECHO_EVERY_MS = 60_000;

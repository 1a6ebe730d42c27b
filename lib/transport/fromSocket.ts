import { noop, Observable, type SchedulerLike, Subject, Subscription } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { heartbeat, type HeartbeatOptions } from './heartbeat.js';
import type { Receiver } from './Receiver.js';
import { refusalOf } from './refusal.js';
import { socketEnd } from './socketEnd.js';
import type { SocketFailure } from './SocketFailure.js';
import { isTooBig, type SocketTrouble, troubleIn } from './SocketTrouble.js';
import type { WebSocketCtor } from './WebSocketCtor.js';

export interface FromSocketOptions {
  readonly url: string;
  readonly ctor: WebSocketCtor;
  /** Told of what comes in until the socket has failed or is let go. */
  readonly receiver: Receiver;
  /** `false`: nothing is sent, and a dead line is not found. */
  readonly heartbeat: Omit<HeartbeatOptions, 'socket' | 'scheduler'> | false;
  readonly scheduler: SchedulerLike;
  /**
   * Called when the result is unsubscribed from before the socket has ended. `closed$` completes as soon as the
   * socket is closed on both sides, also for a late subscriber.
   */
  readonly released?: ((closed$: Observable<void>) => void) | undefined;
}

/**
 * Opens one socket, and hands on what comes in until it ends.
 *
 * Underneath is a `webSocket()` of RxJS that is used once: such a subject that is kept for the next connection
 * takes the late events of an abandoned socket for those of the new one.
 *
 *     socket:    --opened--a--b--[error]--[close 4401]
 *     receiver:  ----------a--b-----------
 *     result:    --o----------------------#
 *
 * @returns Cold. Emits when the socket is open. Errors with a {@link SocketFailure}, and only once the close event has
 * told the code or has not come for a second; every close is a failure here, a clean one too. It never completes.
 * Unsubscribing closes an open socket with 1000 and abandons a connecting one; whatever a socket does afterwards is not
 * heard.
 * @see staysConnected, which opens the next socket when one fails.
 */
export const fromSocket = (options: FromSocketOptions): Observable<void> =>
  new Observable((subscriber) => {
    let socket: WebSocket | undefined;
    let wasOpen = false;
    let hasFailed = false;
    let trouble: SocketTrouble | undefined;
    const timers = new Subscription();
    const { receiver } = options;

    const fail = (failure: SocketFailure): void => {
      hasFailed = true;
      subscriber.error(failure);
    };

    const ended = (close?: CloseEvent): void =>
      fail(socketEnd({ wasOpen, trouble, close, refusal: socket && refusalOf(socket) }));

    const opened = (): void => {
      wasOpen = true;
      subscriber.next();
      if (socket === undefined || options.heartbeat === false) return;
      // Left at that very word, the timers are closed, and this one ends as it starts.
      timers.add(
        heartbeat({ socket, scheduler: options.scheduler, ...options.heartbeat }).subscribe({ error: fail }),
      );
    };

    const received = (raw: unknown): void => {
      // While its end is being told, a socket may go on talking.
      if (!hasFailed && !subscriber.closed) receiver.frame(raw);
    };

    const disturbed = (event: unknown): void => {
      if (socket === undefined) return fail({ kind: 'constructor' });
      trouble = troubleIn(event);
      if (isTooBig(trouble)) receiver.tooBig();
      // The code comes with the close event, after this one. Some platforms never send it.
      timers.add(options.scheduler.schedule(() => ended(), CLOSE_GRACE_MS));
    };

    const frames = webSocket<unknown>({
      url: options.url,
      WebSocketCtor: watched(options.ctor, (made) => (socket = made)),
      binaryType: 'arraybuffer',
      // Total: a deserializer that throws would close the socket for all.
      deserializer: ({ data }: MessageEvent<unknown>) => data,
      openObserver: { next: opened },
      closeObserver: { next: ended },
    }).subscribe({ next: received, error: disturbed });

    return () => {
      timers.unsubscribe();
      if (socket !== undefined && socket.readyState !== CLOSED) {
        const closed$ = deafened(socket);
        if (hasFailed) {
          cut(socket);
        } else {
          hangUp(socket);
          options.released?.(closed$);
        }
      }
      // Last, because it closes what is still open, and without a code.
      frames.unsubscribe();
    };
  });

const CLOSE_GRACE_MS = 1_000;

/** The ready states by number: their names hang on a global that need not exist. */
const OPEN = 1;
const CLOSED = 3;

/** Hands out each socket as soon as there is one: `webSocket()` does not, before it is open. */
const watched = (ctor: WebSocketCtor, see: (socket: WebSocket) => void): WebSocketCtor =>
  class extends ctor {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      see(this);
    }
  };

/** Takes all ears off a socket but the one for its end; a listener for errors stays, `ws` throws without one. */
const deafened = (socket: WebSocket): Observable<void> => {
  const closed$ = new Subject<void>();
  socket.onopen = () => hangUp(socket);
  socket.onmessage = null;
  socket.onerror = noop;
  socket.onclose = () => closed$.complete();
  return closed$.asObservable();
};

const hangUp = (socket: WebSocket): void => {
  if (socket.readyState === OPEN) socket.close(1000);
  else socket.close();
};

/** Ends a socket whose other side may be gone: a closing handshake with nobody takes 30 s. */
const cut = (socket: WebSocket & { readonly terminate?: () => void }): void => {
  if (typeof socket.terminate === 'function') socket.terminate();
  else socket.close();
};

import {
  catchError,
  concat,
  concatMap,
  defer,
  map,
  merge,
  type Observable,
  type ObservableInput,
  of,
  type SchedulerLike,
  switchMap,
  throwError,
} from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';
import { within } from '../stream/within.js';
import { askedUrl } from './askedUrl.js';
import type { AttemptContext } from './AttemptContext.js';
import type { Failure } from './Failure.js';
import { fromSocket, type FromSocketOptions } from './fromSocket.js';
import type { ConnectionStatus } from './ConnectionStatus.js';
import type { HeartbeatTimes } from './HeartbeatTimes.js';
import type { LineHistory } from './LineHistory.js';
import type { Receiver } from './Receiver.js';
import { NO_CIRCUMSTANCES, type Circumstances } from './Circumstances.js';
import type { WebSocketCtor } from './WebSocketCtor.js';

/** What is the same for every attempt of a line. */
export interface LineOptions {
  /**
   * Gives the URL of each attempt, a fresh token in it. Throwing is a failure like another, except with a
   * `ComapiError` `'unauthorized'`, which stops the line.
   *
   * `previous` tells how the last socket failed.
   */
  readonly urlFor: (context: AttemptContext, previous: Failure | undefined) => ObservableInput<string>;
  /** Asked at each attempt. None: the line stops with `'no-websocket'`. */
  readonly ctor: () => WebSocketCtor | undefined;
  /** Told of what comes in, by whichever socket, until the line is let go. */
  readonly receiver: Receiver;
  /** From asking for the URL to the open line; twice and three times as long for later attempts. Default: 20 000 ms. */
  readonly connectTimeoutMs?: number | undefined;
  /** `false`: nothing is sent, and a dead line is not found. */
  readonly heartbeat?: HeartbeatTimes | false | undefined;
  /** Emits when it is shown that the open line is dead; only followed where the socket cannot ping. Default: never. */
  readonly silent$?: Observable<unknown> | undefined;
  /** What goes on around the line. Default: nothing is known of it. */
  readonly circumstances?: Circumstances | undefined;
  /** Called when a socket that has not ended is let go; `closed$` completes when it is closed on both sides. */
  readonly released?: ((closed$: Observable<void>) => void) | undefined;
}

export interface OneAttemptOptions extends LineOptions, Pick<LineHistory, 'attempt' | 'reason' | 'previous'> {
  readonly scheduler: SchedulerLike;
}

/**
 * Makes one attempt: asks for the URL, opens a socket and tells how it stands.
 *
 *     receiver:  ---------a--b---
 *     result:    C-----O--------#      C = connecting, O = connected
 *
 * @returns Cold. Never completes. Errors with a {@link Failure} when another attempt may help, else with a
 * `ComapiError`. The time allowed for opening runs from asking for the URL, and is longer for the second and
 * from the third attempt on: a server that is slow because all come back at once would never catch up.
 */
export const oneAttempt = (options: OneAttemptOptions): Observable<ConnectionStatus> =>
  defer(() => {
    const { attempt, reason, previous, scheduler, receiver, released, connectTimeoutMs = 20_000 } = options;
    const { parked$ } = options.circumstances ?? NO_CIRCUMSTANCES;
    const ctor = options.ctor();
    if (ctor === undefined) return throwError(noWebSocket);
    let openedAt: number | undefined;

    const socket$ = askedUrl(() => options.urlFor({ attempt, reason }, previous)).pipe(
      switchMap((url) =>
        fromSocket({ url, ctor, receiver, scheduler, heartbeat: heartbeatOf(options), released }),
      ),
      within(connectTimeoutMs * Math.min(attempt, 3), {
        late: (): Partial<Failure> => ({ kind: 'connect-timeout' }),
        scheduler,
      }),
    );
    const parkedEnd$ = parked$.pipe(
      concatMap(() => throwError((): Partial<Failure> => ({ kind: 'network' }))),
    );
    const line$ = merge(parkedEnd$, socket$).pipe(
      map((): ConnectionStatus => {
        openedAt = scheduler.now();
        return { state: 'connected', since: openedAt };
      }),
      catchError((error: unknown) => {
        const uptimeMs = openedAt === undefined ? 0 : Math.max(scheduler.now() - openedAt, 0);
        return throwError(() => asEnd(error, { attempt, uptimeMs }));
      }),
    );
    return concat(of<ConnectionStatus>({ state: 'connecting', attempt }), line$);
  });

const heartbeatOf = ({
  heartbeat,
  silent$,
  circumstances = NO_CIRCUMSTANCES,
}: LineOptions): FromSocketOptions['heartbeat'] =>
  heartbeat !== false && {
    intervalMs: heartbeat?.intervalMs ?? 10_000,
    timeoutMs: heartbeat?.timeoutMs ?? 8_000,
    wake$: merge(circumstances.wake$, circumstances.jumps$),
    silent$,
  };

const noWebSocket = (): ComapiError =>
  new ComapiError({
    kind: 'no-websocket',
    message: 'There is no WebSocket here: pass one as webSocketCtor.',
  });

/** Whatever else is thrown on the way to a socket comes from making it. */
const asEnd = (error: unknown, when: Pick<Failure, 'attempt' | 'uptimeMs'>): Failure | ComapiError => {
  if (error instanceof ComapiError) return error;
  return isFailure(error) ? { ...error, ...when } : { kind: 'constructor', ...when };
};

const isFailure = (error: unknown): error is Omit<Failure, 'attempt' | 'uptimeMs'> =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'kind' in error;

import {
  BehaviorSubject,
  merge,
  noop,
  type Observable,
  type SchedulerLike,
  Subject,
  Subscription,
  takeUntil,
  timer,
} from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';
import { clampDelay } from '../stream/backoff.js';
import type { Trampoline } from '../stream/trampoline.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import type { LineOptions } from '../transport/oneAttempt.js';
import type { Receiver } from '../transport/Receiver.js';
import { type Reconnected, recordOutages } from './Reconnected.js';

/** Opens a line and keeps it; the stream says how it stands. */
export type Connect = (ends: Pick<LineOptions, 'receiver' | 'released'>) => Observable<ConnectionStatus>;

export interface LineParts {
  readonly connect: Connect;
  /** Told in turn of what comes in by the present line. */
  readonly receiver: Receiver;
  readonly onFailed: (error: ComapiError) => void;
  readonly inTurn: Trampoline;
  readonly scheduler: SchedulerLike;
}

/** The one line of a client: open while it is wanted. */
export interface Line {
  readonly status$: BehaviorSubject<ConnectionStatus>;
  readonly reconnected$: Observable<Reconnected>;
  /** Opens or closes it. One that has failed stays failed until `renew`, one that was shut stays shut. */
  want(isWanted: boolean): void;
  /** Drops the present line, if there is one, or the verdict that ended it, and starts anew. */
  renew(): void;
  /** Closes the line for good, or until it is wanted again. To be called in turn: it says so before it returns. */
  shut(last: 'idle' | 'closed', timeoutMs: number): void;
}

const CLOSE_TIMEOUT_MS = 2_000;

/** Creates a line that is idle. Everything it says, it says in turn. */
export const keepLine = ({ connect, receiver, onFailed, inTurn, scheduler }: LineParts): Line => {
  const status$ = new BehaviorSubject<ConnectionStatus>({ state: 'idle' });
  const reconnected$ = new Subject<Reconnected>();
  const outageEnded = recordOutages(() => scheduler.now());
  /** The ends of sockets that were let go and have not closed yet. */
  const closings = new Set<Observable<void>>();
  let isWanted = false;
  let life = Subscription.EMPTY;
  let farewell = Subscription.EMPTY;

  const say = (status: ConnectionStatus): void => {
    const before = status$.value;
    const reconnected = outageEnded(before, status);
    // Another line in place of one that never opened stands where that one did.
    if (before.state === 'connecting' && status.state === 'connecting' && before.attempt === status.attempt)
      return;
    status$.next(status);
    if (reconnected !== undefined) reconnected$.next(reconnected);
    if (status.state === 'closed') reconnected$.complete();
  };

  const sayClosing = (): void => {
    if (status$.value.state !== 'closing') say({ state: 'closing' });
  };

  const released = (closed$: Observable<void>): void => {
    closings.add(closed$);
    closed$.subscribe({ error: noop, complete: () => closings.delete(closed$) });
  };

  const start = (): void => {
    farewell.unsubscribe();
    const left$ = new Subject<void>();
    const current = new Subscription(() => {
      left$.next();
    });
    life = current;
    // What a line that was left behind still has in the queue is not heard any more.
    const whileHere = <A>(hear: (value: A) => void): ((value: A) => void) =>
      inTurn.each((value) => {
        if (!current.closed) hear(value);
      });
    const fail = (error: unknown): void => {
      current.unsubscribe();
      const verdict = asVerdict(error);
      say({ state: 'failed', error: verdict });
      onFailed(verdict);
    };
    const frame = whileHere(receiver.frame);
    const tooBig = whileHere(receiver.tooBig);
    connect({ receiver: { frame, tooBig: () => tooBig(undefined) }, released })
      // Not by its subscription: the app may end everything when it is asked for a token, before there is one.
      .pipe(takeUntil(left$))
      .subscribe({ next: whileHere(say), error: whileHere(fail) });
  };

  /** Lets go of the socket; says `last` once all sockets have closed, at the latest after `timeoutMs`. */
  const leave = (last: 'idle' | 'closed', timeoutMs: number): void => {
    life.unsubscribe();
    farewell.unsubscribe();
    const gone = (): void => {
      closings.clear();
      inTurn(() => {
        say({ state: last });
      });
    };
    if (closings.size === 0) gone();
    else
      farewell = merge(...closings)
        .pipe(takeUntil(timer(clampDelay(timeoutMs), scheduler)))
        .subscribe({ error: gone, complete: gone });
  };

  return {
    status$,
    reconnected$,
    want: (wanted) => {
      isWanted = wanted;
      const { state } = status$.value;
      if (state === 'failed' || state === 'closed') return;
      if (wanted && life.closed) start();
      if (wanted || life.closed) return;
      inTurn(sayClosing);
      leave('idle', CLOSE_TIMEOUT_MS);
    },
    renew: () => {
      const { state } = status$.value;
      if (state === 'closed') return;
      life.unsubscribe();
      if (isWanted) start();
      else if (state === 'failed') say({ state: 'idle' });
    },
    shut: (last, timeoutMs) => {
      isWanted = false;
      sayClosing();
      leave(last, timeoutMs);
    },
  };
};

const asVerdict = (error: unknown): ComapiError =>
  error instanceof ComapiError ? error : new ComapiError({ kind: 'network', message: 'The line failed.' });

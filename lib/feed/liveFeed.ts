import {
  defer,
  EMPTY,
  filter,
  map,
  type Observable,
  type SchedulerLike,
  Subscription,
  takeWhile,
  throwError,
} from 'rxjs';
import * as E from '#fp-ts/Either';
import { createOutlet } from '../stream/createOutlet.js';
import { trampoline } from '../stream/trampoline.js';
import { outside, outsideTrampoline, type Zone } from '../stream/Zone.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import { type DecodeError, unreadable } from '../wire/DecodeError.js';
import type { FrameDecoder } from '../wire/decodeFrame.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import { createDemand } from './demand.js';
import { createEventHandlers, type EventHandlers } from './eventHandlers.js';
import type { HandlerError } from './HandlerError.js';
import { type Connect, keepLine } from './keepLine.js';
import type { Reconnected } from './Reconnected.js';
import { type EventSplit, type LogListeners, splitEvents } from './splitEvents.js';

export interface LiveFeedParts {
  readonly connect: Connect;
  readonly decode: FrameDecoder;
  /** Told of all that comes by the line, before its consumers are; of what could not be understood, nothing. */
  readonly heard: (event?: ComapiEvent | UnknownEvent) => void;
  /** Told before everybody else of what is about their conversation. */
  readonly logs: LogListeners;
  /** Whether the line may be open. */
  readonly isEnabled$: Observable<boolean>;
  readonly lingerMs: number;
  readonly zone: Zone;
  readonly scheduler: SchedulerLike;
}

export interface EndOptions {
  /** How long the socket may take to close, in ms. */
  readonly timeoutMs: number;
  /** What else has to end, after the line is let go and before the streams end. */
  readonly meanwhile: () => void;
}

/** All that is live: the line while somebody wants it, and what comes in by it. */
export interface LiveFeed
  extends EventHandlers, Pick<EventSplit, 'ofName' | 'about' | 'othersAbout' | 'events$' | 'unknownEvents$'> {
  readonly decodeErrors$: Observable<DecodeError>;
  readonly handlerErrors$: Observable<HandlerError>;
  readonly status: ConnectionStatus;
  readonly status$: Observable<ConnectionStatus>;
  readonly reconnected$: Observable<Reconnected>;
  readonly isClosed: boolean;
  /** Emits once the client is closed and its socket too; at once when that was before. */
  readonly closed$: Observable<void>;
  connect(): () => void;
  reconnect(): void;
  /** Reports something that came by another way than the line and could not be understood. */
  report(error: DecodeError): void;
  /** Ends all streams and lets the socket go: for now, or for good. */
  end(last: 'idle' | 'closed', options: EndOptions): void;
}

/**
 * Creates the live half of a client.
 *
 * Frames, changes of status and what consumers ask for in the meantime go through one trampoline: each frame
 * reaches every consumer before anything else happens.
 */
export const liveFeed = ({ zone, scheduler, ...parts }: LiveFeedParts): LiveFeed => {
  const inTurn = outsideTrampoline(zone, trampoline());
  const decodeErrors = createOutlet<DecodeError>();
  const handlerErrors = createOutlet<HandlerError>();
  let isClosed = false;
  let enabling = Subscription.EMPTY;

  const split = splitEvents(parts.logs, (name) => handlers.audience(name));
  const hear = E.match(
    (error: DecodeError) => {
      parts.heard();
      decodeErrors.next(error);
    },
    (event: ComapiEvent | UnknownEvent) => {
      parts.heard(event);
      split.next(event);
    },
  );
  const line = keepLine({
    connect: parts.connect,
    inTurn,
    scheduler,
    receiver: {
      frame: (raw) => {
        hear(parts.decode(raw));
      },
      tooBig: () => {
        hear(tooBig(scheduler.now()));
      },
    },
    onFailed: (error) => {
      split.dismiss().error(error);
    },
  });
  const demand = createDemand(parts.lingerMs, scheduler, (isWanted) => {
    enabling.unsubscribe();
    // Kept before it is filled: who is asked for a token at once may end everything at once.
    enabling = new Subscription();
    const ended = (): void => {
      line.want(false);
    };
    if (isWanted)
      enabling.add(parts.isEnabled$.pipe(outside(zone)).subscribe({ next: line.want, error: ended }));
    else ended();
  });
  const hold = (): (() => void) => (isClosed ? () => undefined : demand.hold());
  const report =
    <A>(next: (error: A) => void) =>
    (error: A): void => {
      inTurn(() => {
        next(error);
      });
    };
  const handlers = createEventHandlers({ hold, zone, report: report(handlerErrors.next) });

  const unlessClosed = <A>(source$: Observable<A>): Observable<A> =>
    defer(() => (isClosed ? EMPTY : source$)).pipe(outside(zone));
  /** What a subscriber gets now: the stream, or at once the end that the line has come to. */
  const wanted = <A>(source$: Observable<A>): Observable<A> =>
    defer(() => {
      if (isClosed) return EMPTY;
      const { value: status } = line.status$;
      return status.state === 'failed' ? throwError(() => status.error) : demand.with(source$);
    }).pipe(outside(zone));

  return {
    ofName: (name) => wanted(split.ofName(name)),
    about: (conversationId) => wanted(split.about(conversationId)),
    othersAbout: (conversationId) => wanted(split.othersAbout(conversationId)),
    events$: wanted(split.events$),
    unknownEvents$: wanted(split.unknownEvents$),
    decodeErrors$: unlessClosed(decodeErrors.values$),
    handlerErrors$: unlessClosed(handlerErrors.values$),
    status$: line.status$.pipe(
      takeWhile(({ state }) => state !== 'closed', true),
      outside(zone),
    ),
    get status() {
      return line.status$.value;
    },
    reconnected$: line.reconnected$.pipe(outside(zone)),
    get isClosed() {
      return isClosed;
    },
    closed$: line.status$.pipe(
      filter(({ state }) => state === 'closed'),
      map(() => undefined),
    ),
    on: (...handler) => {
      const remove = handlers.on(...handler);
      if (isClosed) remove();
      return remove;
    },
    off: handlers.off,
    connect: hold,
    reconnect: () => {
      inTurn(line.renew);
    },
    report: report(decodeErrors.next),
    end: (last, { timeoutMs, meanwhile }) => {
      isClosed ||= last === 'closed';
      inTurn(() => {
        line.shut(last, timeoutMs);
        // Before the streams end: whoever comes back at once wants a new line.
        demand.dropAll();
        const subscribers = split.dismiss();
        meanwhile();
        subscribers.complete();
        if (last === 'idle') return;
        handlers.clear();
        decodeErrors.dismiss().complete();
        handlerErrors.dismiss().complete();
      });
    },
  };
};

/** The socket itself refused the frame, so that there is nothing to show of it. */
const tooBig = (receivedAt: number): E.Either<DecodeError, never> =>
  E.left(unreadable({ kind: 'too-big', raw: undefined, receivedAt }));

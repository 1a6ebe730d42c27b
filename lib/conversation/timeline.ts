import { catchError, EMPTY, Observable, type Subscriber, Subscription } from 'rxjs';
import { checkKinds, count, OBJECT, OBSERVABLE, required } from '../fault/checkKinds.js';
import type { Fault } from '../fault/Fault.js';
import { trampoline } from '../stream/trampoline.js';
import { outside, type Zone } from '../stream/Zone.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import { factOf } from '../projection/factOf.js';
import { sentFactOf } from '../projection/sentFact.js';
import type { Timeline } from '../projection/Timeline.js';
import { createTimelineWindow } from '../projection/timelineWindow.js';
import type { LogEvent } from '../feed/splitEvents.js';
import type { TimelineOptions } from './Conversation.js';
import type { KeptTimelines, TimelineState } from './keptTimelines.js';
import { loadOlder } from './olderPages.js';
import type { OutboxView } from './outboxes.js';
import { timelineDisplay } from './timelineDisplay.js';
import { type TailParts, timelineTail } from './timelineTail.js';

export interface TimelineParts extends TailParts {
  readonly kept: KeptTimelines;
  readonly outboxOf: (conversationId: string) => OutboxView;
  /** What comes by the line without a type here. */
  readonly unknownEvents$: Observable<UnknownEvent>;
  readonly zone: Zone;
}

/** More than so many positions behind, the newest page is read anew, and what lies between when it is asked for. */
const FAR_BEHIND = 2_000;

/** Gives the timeline of a conversation. Throws for options that can only be a mistake. */
export const openTimeline = (
  conversationId: string,
  options: TimelineOptions,
  parts: TimelineParts,
): Observable<Timeline> => {
  checkKinds({ options }, { options: required(OBJECT) });
  checkKinds(options, OPTIONS);
  const { older$ = EMPTY, newest$ = EMPTY, windowLimit = 1_000 } = options;
  const pageSize = Math.min(options.pageSize ?? 50, windowLimit);
  const run = { older$, newest$, pageSize, windowLimit, conversationId };
  return new Observable<Timeline>((subscriber) => follow(subscriber, run, parts)).pipe(outside(parts.zone));
};

const OPTIONS = { older$: OBSERVABLE, newest$: OBSERVABLE, pageSize: count(1), windowLimit: count(1) };

type Run = Required<TimelineOptions> & { readonly conversationId: string };

/**
 * One subscriber's way through a conversation.
 *
 * Whatever happens goes through one trampoline, so what a subscriber asks for from inside an emission comes after it.
 */
const follow = (subscriber: Subscriber<Timeline>, run: Run, parts: TimelineParts): Subscription => {
  const { conversationId, windowLimit } = run;
  const outbox = parts.outboxOf(conversationId);
  const inTrampoline = trampoline();
  const ties = new Subscription();
  const keep = parts.kept.keeperOf(conversationId);
  const state = parts.kept.take(conversationId) ?? newState(run, parts);
  const { window } = state;

  let { tail } = state;
  let tailTies = Subscription.EMPTY;
  let olderTies = Subscription.EMPTY;
  let sync = UNKNOWN;
  let problem: Fault | undefined;
  let isBegun = window.isOpen;
  let isOlderWished = false;
  let eventsBehind = 0;
  let isStarted = false;
  const display = timelineDisplay((timeline) => {
    subscriber.next(timeline);
  });

  const inTurn = (task: () => void): void => {
    parts.zone.runOutsideAngular(() => {
      inTrampoline(() => {
        if (!subscriber.closed) task();
      });
    });
  };

  /** Follows a stream whose error is ours. */
  const on = <A>(values$: Observable<A>, next: (value: A) => void): Subscription =>
    values$.subscribe({
      next: (value) => {
        inTurn(() => {
          next(value);
        });
      },
      error: fail,
    });

  /** Whoever comes when all is over is shown that, too, before it is told. */
  const end = (tell: () => void): void => {
    inTurn(() => {
      isStarted = true;
      show();
      tell();
    });
  };

  const fail = (error: unknown): void => {
    end(() => {
      subscriber.error(error);
    });
  };

  // ---- what is shown

  /** Whoever goes back is at the old end, and the page that was asked for has to lie against it. */
  const fit = (): void => {
    if (!olderTies.closed) window.dropNewest(windowLimit);
    else if (!window.hasNewer) window.dropOldest(windowLimit);
  };

  const show = (): void => {
    if (!isStarted) return;
    fit();
    display({ window, unsent: outbox.unsent, loadingOlder: !olderTies.closed, sync, problem });
  };

  // ---- the newest end

  /** Some of what is shown may be on its way as well, until it is known to be the same. */
  const findSent = (): void => {
    outbox.opened(() => window.messages.value.map(sentFactOf));
  };

  const take = (event: LogEvent): void => {
    eventsBehind += 1;
    const fact = factOf(event);
    if (fact?.kind === 'sent') outbox.seen(fact);
    if (fact !== undefined) window.take(fact);
  };

  /** The frame of a delete need not name its conversation: until the log tells, it is known by its message. */
  const takeStray = (event: UnknownEvent): void => {
    const fact = event.conversationId === undefined ? factOf(event) : undefined;
    if (fact?.kind !== 'deleted' || !window.has(fact.messageId)) return;
    window.take(fact);
    show();
  };

  const takeStatus = (status: SyncStatus): void => {
    // A new tail knows nothing yet; what was known stands until it does.
    const { cursor, highestKnown } = sync;
    sync = status.cursor < cursor ? { ...status, cursor, highestKnown } : status;
    if (status.state === 'live') eventsBehind = 0;
    window.follow(status.cursor);
    // The newest page may be here, and be shown, before it is said that it has begun.
    if (isBegun) outbox.reached(status.cursor);
    else findSent();
    show();
    if (!isBegun || window.hasNewer) return;
    if (status.highestKnown - status.cursor > FAR_BEHIND) jump();
    else if (eventsBehind >= 2 * parts.settings.pageSize) lookAhead();
  };

  /** Where a log has read two pages and is not at its end, it may be far from it. */
  const lookAhead = (): void => {
    eventsBehind = -Infinity;
    const readLatest = parts.readLatest(conversationId).pipe(catchError(() => EMPTY));
    tailTies.add(
      on(readLatest, (latest = -1) => {
        if (!window.hasNewer && latest - sync.cursor > FAR_BEHIND) jump();
      }),
    );
  };

  const followTail = (): void => {
    const before = tailTies;
    const { events$, late$, status$, begun$ } = tail;
    tailTies = new Subscription();
    // First the new one, then not the old one any more: the line is wanted all the time.
    tailTies.add(
      on(late$, (event) => {
        take(event);
        show();
      }),
    );
    tailTies.add(on(begun$, begin));
    tailTies.add(on(status$, takeStatus));
    tailTies.add(
      events$.subscribe({
        next: (event) => {
          inTurn(() => {
            take(event);
          });
        },
        error: fail,
        complete: () => {
          end(() => {
            subscriber.complete();
          });
        },
      }),
    );
    before.unsubscribe();
  };

  const begin = (): void => {
    isBegun = true;
    findSent();
    outbox.reached(window.reached);
    show();
    // A page may have statuses only; who sees nothing has nowhere to scroll from.
    if (isOlderWished || window.newest === undefined) goBack();
  };

  /** Returns to the newest page. What is seen now is kept, until older pages reach it. */
  const jump = (): void => {
    olderTies.unsubscribe();
    eventsBehind = 0;
    isBegun = false;
    tail = timelineTail(window, run, parts);
    followTail();
    show();
  };

  const toNewest = (): void => {
    if (window.hasNewer) jump();
  };

  // ---- the other end

  const goBack = (): void => {
    // On the way to the newest page it is not known yet which one comes before.
    isOlderWished = !isBegun;
    if (isOlderWished || !window.hasOlder || !olderTies.closed) return;
    problem = undefined;
    olderTies = new Subscription();
    show();
    olderTies.add(
      on(loadOlder({ ...run, ...parts, window }), (trouble) => {
        olderTies.unsubscribe();
        problem = trouble;
        findSent();
        show();
      }),
    );
  };

  // ---- beginning and end

  subscriber.add(() => {
    const isOver = sync.state === 'closed' || !window.isOpen || window.hasNewer;
    ties.unsubscribe();
    tailTies.unsubscribe();
    olderTies.unsubscribe();
    if (!isOver) keep({ window, tail });
  });

  outbox.keys.forEach(window.take);
  // Not in its turn but at once: what a message was shown as is known before the message is shown.
  ties.add(outbox.facts$.subscribe({ next: window.take, error: fail }));
  ties.add(on(outbox.changes$, show));
  ties.add(on(parts.unknownEvents$.pipe(catchError(() => EMPTY)), takeStray));
  ties.add(on(outbox.begun$, toNewest));
  followTail();
  isStarted = true;
  inTurn(show);
  ties.add(on(run.older$, goBack));
  ties.add(on(run.newest$, toNewest));
  return ties;
};

const UNKNOWN: SyncStatus = { state: 'idle', cursor: -1, highestKnown: -1 };

const newState = (run: Run, parts: TimelineParts): TimelineState => {
  const window = createTimelineWindow();
  return { window, tail: timelineTail(window, run, parts) };
};

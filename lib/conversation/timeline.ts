import { catchError, EMPTY, Observable, type Subscriber, Subscription } from 'rxjs';
import { checkKinds, count, OBJECT, OBSERVABLE, required } from '../fault/checkKinds.js';
import type { Fault } from '../fault/Fault.js';
import { outside, type Zone } from '../stream/Zone.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import { factOf } from '../projection/factOf.js';
import type { Timeline } from '../projection/Timeline.js';
import { createTimelineWindow } from '../projection/timelineWindow.js';
import type { TimelineOptions } from './Conversation.js';
import type { KeptTimelines, TimelineState } from './keptTimelines.js';
import { newestEnd } from './newestEnd.js';
import { loadOlder } from './olderPages.js';
import type { OutboxView } from './outboxes.js';
import { secondLook } from './secondLook.js';
import { timelineDisplay } from './timelineDisplay.js';
import { type TailParts, timelineTail } from './timelineTail.js';
import { turnsOf } from './turnsOf.js';

export interface TimelineParts extends TailParts {
  readonly kept: KeptTimelines;
  readonly outboxOf: (conversationId: string) => OutboxView;
  /** What comes by the line without a type here. */
  readonly unknownEvents$: Observable<UnknownEvent>;
  readonly zone: Zone;
}

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

/** One subscriber's way through a conversation. */
const follow = (subscriber: Subscriber<Timeline>, run: Run, parts: TimelineParts): Subscription => {
  const { conversationId, windowLimit } = run;
  const outbox = parts.outboxOf(conversationId);
  const ties = new Subscription();
  const keep = parts.kept.keeperOf(conversationId);
  const state = parts.kept.take(conversationId) ?? newState(run, parts);
  const { window } = state;

  let olderTies = Subscription.EMPTY;
  let problem: Fault | undefined;
  let isOlderWished = false;
  /** From when on what a page does not show does not exist. */
  let provenAt = -Infinity;
  let isStarted = false;
  const display = timelineDisplay((timeline) => {
    subscriber.next(timeline);
  });

  // ---- what is shown

  /** Whoever goes back is at the old end, and the page that was asked for has to lie against it. */
  const fit = (): void => {
    if (!olderTies.closed) window.dropNewest(windowLimit);
    else if (!window.hasNewer) window.dropOldest(windowLimit);
  };

  const show = (): void => {
    if (!isStarted) return;
    fit();
    const { sync } = newest;
    display({ window, unsent: outbox.unsent, loadingOlder: !olderTies.closed, sync, problem });
  };

  const start = (): void => {
    isStarted = true;
    show();
  };

  // ---- the oldest end

  const goBack = (): void => {
    // On the way to the newest page it is not known yet which one comes before.
    isOlderWished = !newest.isBegun;
    if (isOlderWished || !window.hasOlder || !olderTies.closed) return;
    problem = undefined;
    olderTies = new Subscription();
    show();
    olderTies.add(
      turns.on(loadOlder({ ...run, ...parts, window, provenAt, lookAgain }), (trouble) => {
        // Who sees nothing cannot know that there is something to be wished for again.
        if (trouble === undefined || window.newest !== undefined) olderTies.unsubscribe();
        problem = trouble;
        newest.findSent();
        show();
      }),
    );
  };

  const lookAgain = (from: number): void => {
    ties.add(
      turns.on(secondLook({ ...run, ...parts, from, downTo: window.olderFrom + 1, provenAt }), (facts) => {
        facts.forEach(window.take);
        show();
      }),
    );
  };

  // ---- all of it

  // Whoever comes when all is over is shown that, too, before it is told.
  const turns = turnsOf(subscriber, parts.zone, start);
  const newest = newestEnd(
    {
      ...run,
      state,
      outbox,
      turns,
      changed: show,
      begun: () => {
        provenAt = parts.scheduler.now() + parts.settings.holeGraceMs;
        // The log reads the last entries once more, but not all of a long page.
        if (run.pageSize > parts.settings.pageSize) lookAgain(window.reached);
        // A page may have statuses only; who sees nothing has nowhere to scroll from.
        if (isOlderWished || window.newest === undefined) goBack();
      },
      leaving: () => {
        olderTies.unsubscribe();
      },
    },
    parts,
  );

  /** The frame of a delete need not name its conversation: until the log tells, it is known by its message. */
  const takeStray = (event: UnknownEvent): void => {
    const fact = event.conversationId === undefined ? factOf(event) : undefined;
    if (fact?.kind !== 'deleted' || !window.has(fact.messageId)) return;
    window.take(fact);
    show();
  };

  subscriber.add(() => {
    const isOver = newest.sync.state === 'closed' || !window.isOpen || window.hasNewer;
    ties.unsubscribe();
    newest.leave();
    olderTies.unsubscribe();
    if (!isOver) keep(newest.state);
  });

  outbox.keys.forEach(window.take);
  // Not in its turn but at once: what a message was shown as is known before the message is shown.
  ties.add(outbox.facts$.subscribe({ next: window.take, error: turns.fail }));
  ties.add(turns.on(outbox.changes$, show));
  ties.add(turns.on(parts.unknownEvents$.pipe(catchError(() => EMPTY)), takeStray));
  ties.add(turns.on(outbox.begun$, newest.toNewest));
  newest.follow();
  turns.take(start);
  ties.add(turns.on(run.older$, goBack));
  ties.add(turns.on(run.newest$, newest.toNewest));
  return ties;
};

const newState = (run: Run, parts: TimelineParts): TimelineState => {
  const window = createTimelineWindow();
  return { window, tail: timelineTail(window, run, parts) };
};

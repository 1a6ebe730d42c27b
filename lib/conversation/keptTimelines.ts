import { noop, type Observable, type SchedulerLike } from 'rxjs';
import * as Alarm from '../stream/alarm.js';
import type { TimelineWindow } from '../projection/timelineWindow.js';
import type { TimelineTail } from './timelineTail.js';

/** All that a timeline holds. */
export interface TimelineState {
  readonly window: TimelineWindow;
  readonly tail: TimelineTail;
}

/** Timelines that nobody looks at any more, for a while. */
export interface KeptTimelines {
  /** For one that begins now: a way to keep it once it is left, unless the session has ended by then. */
  keeperOf(conversationId: string): (state: TimelineState) => void;
  /** Hands over what was kept: whoever takes it has it alone. */
  take(conversationId: string): TimelineState | undefined;
}

export interface KeptTimelinesParts {
  readonly keepAliveMs: number;
  readonly ended$: Observable<void>;
  readonly scheduler: SchedulerLike;
}

interface Kept {
  readonly state: TimelineState;
  readonly until: number;
}

/**
 * Creates the place where timelines are kept for those who come back: the last one of each conversation.
 *
 * One timer is set while there is any. With the client, or its session, all are forgotten.
 */
export const keptTimelines = ({ keepAliveMs, ended$, scheduler }: KeptTimelinesParts): KeptTimelines => {
  // In the order in which their time is over.
  const kept = new Map<string, Kept>();
  let sessions = 0;

  const setAlarm = (): void => {
    const [first] = kept.values();
    Alarm.setTo(alarm, first?.until ?? Infinity);
  };

  const ring = (): void => {
    for (const [id, { until }] of kept) if (until <= scheduler.now()) kept.delete(id);
    setAlarm();
  };
  const alarm = Alarm.silent({ scheduler, now: () => scheduler.now() }, ring, undefined);

  ended$.subscribe({
    next: () => {
      sessions += 1;
      kept.clear();
      setAlarm();
    },
    error: noop,
  });

  return {
    keeperOf: (id) => {
      const session = sessions;
      return (state) => {
        // One may be left in answer to the end of another: somebody else may be logged in next.
        if (keepAliveMs <= 0 || session !== sessions) return;
        kept.delete(id);
        kept.set(id, { state, until: scheduler.now() + keepAliveMs });
        setAlarm();
      };
    },
    take: (id) => {
      const present = kept.get(id);
      kept.delete(id);
      setAlarm();
      return present?.state;
    },
  };
};

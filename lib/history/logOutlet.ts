import * as Ask from './askHistory.js';
import * as Run from './logRun.js';
import type { Log } from './LogSource.js';
import * as Sides from './logSides.js';
import type { MergeOutlet } from './MergeOutlet.js';

/** What comes of what a merge says, where it belongs to a log: one outlet for all of them. */
export const LOG_OUTLET: MergeOutlet<unknown, Log<unknown>> = {
  emit: Run.emit,
  hole: (log, from, to) => {
    Sides.tell(log, 'holes', { from, to });
  },
  discontinuity: (log, range) => {
    Sides.tell(log, 'discontinuities', range);
  },
  late: (log, item) => {
    Sides.tell(log, 'late', item);
  },
  weigh: ({ source }, item) => source.weigh?.(item) ?? 0,
  quietMs: ({ source, place, settings }) => source.quietMs?.(place) ?? settings.idleProbeMs,
  fetch: Ask.fetch,
  end: Run.end,
};

/** The same where somebody can be asked where the log ends. */
export const LOCATING_OUTLET: typeof LOG_OUTLET = { ...LOG_OUTLET, locate: Ask.locate };

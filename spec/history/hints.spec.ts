import { describe, expect, it } from '@jest/globals';
import { defer, NEVER, of, Subject } from 'rxjs';
import { followLog, unfollowed } from '../../lib/history/followLog.js';
import type { LogSource } from '../../lib/history/LogSource.js';
import { mergeSettings } from '../../lib/history/mergeSettings.js';
import { observedFeed } from '../../lib/history/observedFeed.js';
import { virtualTime, type VirtualTime } from '../support/virtualTime.js';
import { watch, type Watched } from '../support/watch.js';

interface Told {
  readonly time: VirtualTime;
  readonly log: number[];
  readonly requests: readonly number[];
  readonly hints: Subject<number>;
  readonly events: Watched<number>;
}

/** A quiet log of numbers that somebody gives hints about. */
const toldLog = async (after: number | 'now' = -1, more: Partial<LogSource<number>> = {}): Promise<Told> => {
  const time = virtualTime();
  const hints = new Subject<number>();
  const log = [0, 1];
  const requests: number[] = [];
  const source: LogSource<number> = {
    settings: mergeSettings({ idleProbeMs: Infinity }),
    attach: observedFeed({ live$: NEVER, hints$: hints }),
    fetch: (_, from) =>
      defer(() => {
        requests.push(from);
        return of({ items: log.filter((position) => position >= from) });
      }),
    positionOf: (position) => position,
    judge: () => 'retry',
    scheduler: time.scheduler,
    now: () => time.scheduler.now(),
    random: () => 0,
    ...more,
  };
  const { events$ } = followLog(unfollowed(source, undefined, after));
  const events = watch(events$);
  await time.advance(10_000);
  return { time, log, requests, hints, events };
};

describe('a hint', () => {
  it('of something new is worth a request', async () => {
    const { time, log, requests, hints, events } = await toldLog();
    const before = requests.length;
    log.push(2);

    hints.next(2);
    await time.advance(1_000);

    expect(events.values).toEqual([0, 1, 2]);
    expect(requests.slice(before)[0]).toBe(2);
  });

  it('of something known costs nothing', async () => {
    const { time, requests, hints } = await toldLog();
    const before = requests.length;

    hints.next(1);
    hints.next(0);
    await time.advance(10_000);

    expect(requests).toHaveLength(before);
  });

  it('says nothing to a log that does not know yet where it begins', async () => {
    const { time, requests, hints, events } = await toldLog('now', { locate: () => NEVER });

    hints.next(7);
    await time.advance(10_000);

    expect([requests, events.values]).toEqual([[], []]);
  });

  it('reaches nobody when nobody listens any more', async () => {
    const { hints, events } = await toldLog();

    events.unsubscribe();

    expect(hints.observed).toBe(false);
  });
});

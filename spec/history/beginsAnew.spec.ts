import { describe, expect, it } from '@jest/globals';
import * as Core from '../../lib/history/mergeCore.js';
import { BehaviorSubject, of, Subject } from 'rxjs';
import { mergeHistory } from '../../lib/history/mergeHistory.js';
import { type MergeStory, mergeStory, quietStory } from './mergeStory.js';

const MINUTE = 60_000;

/** A story in which 0 to 3 came, a minute apart by the server's clock. */
const timedStory = (options: Parameters<typeof mergeStory>[0] = {}): MergeStory => {
  const items = [0, 1, 2, 3].map((position) => [position, position * MINUTE] as const);
  const story = mergeStory(options).start().open().page(items).page([]).wait(1_500).page([]).wait(1_000);
  story.said();
  return story;
};

/** A story that knows no times, in which history has ended below the cursor for `ms`. */
const toldStory = (ms: number, end = 1): MergeStory => {
  const story = quietStory({ after: 5 });
  Core.ends(story.merge, end, story.now);
  return story.wait(ms);
};

describe('a log that begins anew, by its times', () => {
  it('is looked at around the item that gave it away, and goes on from there', () => {
    const story = timedStory().live([1, 10 * MINUTE]);
    expect(story.said()).toEqual(['ask 0']);
    story.page([
      [0, 9 * MINUTE],
      [1, 10 * MINUTE],
    ]);
    expect(story.said()).toEqual(['reset 0..3', '0', '1', 'ask 2']);
    expect(story.page([]).live(2).said()).toEqual(['2']);
    expect(story.status).toEqual({ state: 'live', cursor: 2, highestKnown: 2 });
  });

  it('does not bring again what a backup had kept', () => {
    const story = timedStory().live([2, 10 * MINUTE]);
    const kept = [0, 1].map((position) => [position, position * MINUTE] as const);
    expect(story.page([...kept, [2, 10 * MINUTE]]).said()).toEqual(['ask 0', 'reset 2..3', '2', 'ask 3']);
  });

  it('looks back by no more than a page', () => {
    const story = timedStory({ pageSize: 2 }).live([2, 10 * MINUTE]);
    const page = [1, 2].map((position) => [position, 10 * MINUTE] as const);
    expect(story.page(page).said()).toEqual(['ask 1', 'reset 1..3', '1', '2', 'ask 3']);
  });

  it('lets nothing out meanwhile that may be of the new one', () => {
    const story = timedStory()
      .live([3, 10 * MINUTE])
      .live([4, 10 * MINUTE]);
    expect(story.said()).toEqual(['ask 0']);
    const page = [3, 4].map((position) => [position, 10 * MINUTE] as const);
    expect(story.page(page).said()).toEqual(['reset 0..3']);
  });

  it('holds nothing back for longer than a gap may take, where history cannot be asked', () => {
    const story = timedStory()
      .live([1, 10 * MINUTE])
      .live([4, 10 * MINUTE], [5, 10 * MINUTE]);
    for (let failures = 0; failures < 40; failures += 1) story.fail({ jitter: 0 }).wait(1_000);
    expect(story.said().filter((word) => !word.startsWith('ask'))).toEqual(['4', '5']);
    expect(story.page([]).status).toMatchObject({ cursor: 5 });
  });

  it('is not believed where history does not show the item', () => {
    const story = timedStory().live([1, 10 * MINUTE]);
    expect(story.page([]).wait(2_000).said()).toEqual(['ask 0', 'ask 0']);
    expect(story.page([]).said()).toEqual(['ask 4']);
    expect(story.page([]).status).toMatchObject({ state: 'live', cursor: 3 });
  });

  it('is believed once history shows the item, which may take it a moment', () => {
    const story = timedStory()
      .live([1, 10 * MINUTE])
      .page([])
      .wait(400);
    expect(story.page([[1, 10 * MINUTE]]).said()).toEqual(['ask 0', 'ask 0', 'reset 0..3']);
  });

  it('is not forgotten what a look back shows beyond the cursor', () => {
    const story = timedStory()
      .live([1, 10 * MINUTE])
      .page([[9, 11 * MINUTE]]);
    expect(story.status).toMatchObject({ state: 'catching-up', highestKnown: 9 });
  });

  it('is not believed where history shows the item as it was', () => {
    const story = timedStory().live([1, 10 * MINUTE]);
    const asBefore = [0, 1, 2, 3].map((position) => [position, position * MINUTE] as const);
    expect(story.page(asBefore).said()).toEqual(['ask 0', 'ask 4']);
  });

  it('is believed at the first item where a run begins beyond its end', () => {
    const begun = () => {
      const servedAt = 9 * MINUTE;
      const story = mergeStory({ after: 500 }).start().open().page([], { servedAt }).wait(1_500);
      story.page([], { servedAt }).said();
      return story.live([2, 10 * MINUTE]);
    };
    expect(begun().said()).toEqual(['locate']);
    const items = [0, 1, 2].map((position) => [position, (8 + position) * MINUTE] as const);
    expect(begun().locate(2).wait(2_000).locate(2).page(items).said()).toEqual([
      'locate',
      'locate',
      'ask 0',
      'reset 0..500',
      '0',
      '1',
      '2',
      'ask 3',
    ]);
    // Whoever kept that position was right.
    expect(begun().locate(500).said()).toEqual(['locate', 'ask 501']);
  });

  /** A story that goes on after 4, a moment after the log had grown to there, by a server whose clocks differ. */
  const resumed = (): MergeStory => {
    const servedAt = 9 * MINUTE;
    const story = mergeStory({ after: 4 }).start().open().page([], { servedAt }).wait(1_500);
    story.page([], { servedAt }).said();
    return story.live([2, 10 * MINUTE]);
  };

  it('is not believed where history was only behind for a moment', () => {
    expect(resumed().locate(3).wait(2_000).locate(4).said()).toEqual(['locate', 'locate', 'ask 5']);
  });

  it('is not believed where something beyond is heard of before that moment is over', () => {
    expect(
      resumed()
        .locate(3)
        .live([6, 10 * MINUTE])
        .wait(1_000)
        .page([])
        .said(),
    ).toEqual(['locate', 'ask 5']);
  });

  /** One that goes on after 4, sees 5, and is then told again of 3, which a faster clock of the server had stamped. */
  const toldAgain = (): MergeStory => {
    const story = mergeStory({ after: 4 })
      .start()
      .open()
      .page([[5, 9 * MINUTE]])
      .page([])
      .wait(1_500)
      .page([]);
    story.said();
    return story.live([3, 10 * MINUTE]);
  };

  it('is not believed for an item from before the run, of a server whose clocks differ', () => {
    expect(toldAgain().locate(5).said()).toEqual(['locate', 'ask 6']);
    expect(toldAgain().locate(4).wait(2_000).locate(5).said()).toEqual(['locate', 'locate', 'ask 6']);
  });

  it('is believed for such an item where history goes on to end below', () => {
    const page = [0, 1, 2, 3].map((position) => [position, 10 * MINUTE] as const);
    expect(toldAgain().locate(2).wait(2_000).locate(3).page(page).said()).toEqual([
      'locate',
      'locate',
      'ask 0',
      'reset 0..5',
      '0',
      '1',
      '2',
      '3',
      'ask 4',
    ]);
  });

  it('is not believed where only the frame bears the later time', () => {
    const story = resumed().locate(3).wait(2_000).locate(3);
    const asBefore = [0, 1, 2, 3].map((position) => [position, position * MINUTE] as const);
    expect(story.page(asBefore).said()).toEqual(['locate', 'locate', 'ask 0', 'ask 5']);
  });

  it('is not believed where the run has gone on by the time that it is told where the log ends', () => {
    const servedAt = 9 * MINUTE;
    const story = mergeStory({ after: 4 }).start().open().page([], { servedAt }).wait(1_500);
    story.page([], { servedAt }).said();
    // Whoever answers is a replica that is behind: the log had not grown up to 4 when the run began.
    story.live([2, 10 * MINUTE], [5, 11 * MINUTE], [6, 11 * MINUTE]).locate(4);
    expect(story.said()).toEqual(['locate', '5', '6', 'ask 7']);
  });

  it('is not believed at the first item where the run has seen something of the log', () => {
    const servedAt = 9 * MINUTE;
    const story = mergeStory({ after: 5 }).start().open().page([6], { servedAt }).page([], { servedAt });
    story.said();
    expect(
      story
        .live([2, 10 * MINUTE])
        .locate(4)
        .said(),
    ).toEqual(['locate', 'ask 7']);
  });

  it('is not suspected for a duplicate, nor for an item within the grace', () => {
    expect(
      timedStory()
        .live([1, MINUTE], [2, 3 * MINUTE + 2_000], 3)
        .said(),
    ).toEqual([]);
  });

  it('is suspected even where its item fills what was passed, and one that comes late is none', () => {
    const items = [0, 2].map((position) => [position, position * MINUTE] as const);
    const story = mergeStory()
      .start()
      .open()
      .page(items, { servedAt: 5 * MINUTE })
      .page(items.slice(1));
    expect(story.said()).toContain('hole 1..1');
    expect(story.live([1, MINUTE]).said()).toEqual(['late 1']);
    const again = mergeStory()
      .start()
      .open()
      .page(items, { servedAt: 5 * MINUTE })
      .page(items.slice(1))
      .page([]);
    again.said();
    expect(again.live([1, 10 * MINUTE]).said()).toEqual(['late 1', 'ask 0']);
  });
});

describe('a log that begins anew, by where it ends', () => {
  it('is believed when history has ended below for long, and has what came', () => {
    const story = toldStory(30_000).live(2);
    expect(story.said()).toEqual(['locate']);
    expect(story.locate(2).page([0, 1, 2]).said()).toEqual(['ask 0', 'reset 0..5', '0', '1', '2', 'ask 3']);
  });

  it.each([
    ['it ended there a moment ago', () => toldStory(29_000)],
    ['nobody said so', () => quietStory({ after: 5 }).wait(30_000)],
    ['something came since', () => toldStory(1_000).live(6).wait(30_000)],
    [
      'somebody knows better',
      () => {
        const story = toldStory(1_000);
        Core.ends(story.merge, 5, story.now);
        return story.wait(30_000);
      },
    ],
  ])('is not suspected where %s', (_why, tell) => {
    const story = tell();
    story.said();
    expect(story.live(2).said()).toEqual([]);
  });

  it.each([
    ['it ends at the cursor', 5],
    ['whoever is asked is behind', 1],
  ])('is not believed where %s', (_why, end) => {
    const story = toldStory(30_000).live(2);
    expect(story.locate(end).page([]).said()).toEqual(['locate', 'ask 6']);
  });

  it('takes a refusal for a word that it ends below', () => {
    const story = quietStory({ after: 5 }).wait(60_000);
    expect(story.said()).toEqual(['ask 6']);
    story.refuse().wait(60_000).refuse();
    expect(story.said()).toEqual(['ask 6']);
    expect(story.live(2).said()).toEqual(['locate']);
  });
});

describe('mergeHistory, where a log begins anew', () => {
  it('takes no old item for a new one where the clocks of a server differ, and nobody can be asked', () => {
    const log = [5, 5, 5, 5, 10, 5].map((minutes, id) => ({ id, at: minutes * MINUTE }));
    const live$ = new Subject<(typeof log)[number]>();
    const merged = mergeHistory({
      live$,
      fetch: (from, limit) => of(log.filter(({ id }) => id >= from).slice(0, limit)),
      positionOf: ({ id }) => id,
      timeOf: ({ at }) => at,
      after: 4,
    });
    const seen: unknown[] = [];
    merged.discontinuities$.subscribe((range) => seen.push(range));
    const subscription = merged.events$.subscribe((item) => seen.push(item));

    for (const again of log.slice(4)) live$.next(again);
    subscription.unsubscribe();

    expect(seen).toEqual(log.slice(5));
  });

  it('says so and goes on, and asks no more than it must', () => {
    interface Item {
      readonly id: number;
      readonly at: number;
    }
    let log: Item[] = [0, 1, 2].map((id) => ({ id, at: id * MINUTE }));
    const live$ = new Subject<Item>();
    const isUp$ = new BehaviorSubject(true);
    const asked: number[] = [];
    const merged = mergeHistory<Item>({
      live$,
      connected$: isUp$,
      fetch: (from, limit) => {
        asked.push(from);
        return of(log.filter(({ id }) => id >= from).slice(0, limit));
      },
      positionOf: ({ id }) => id,
      timeOf: ({ at }) => at,
      repollMs: 0,
    });
    const seen: (Item | string)[] = [];
    merged.discontinuities$.subscribe(({ from, to, reason }) => seen.push(`${reason} ${from}..${to}`));
    const subscription = merged.events$.subscribe((item) => seen.push(item));

    isUp$.next(false);
    log = [{ id: 0, at: 9 * MINUTE }];
    isUp$.next(true);
    const next = { id: 1, at: 10 * MINUTE };
    log.push(next);
    live$.next(next);
    subscription.unsubscribe();

    expect(seen.slice(3)).toEqual(['reset 0..2', ...log]);
    expect(asked).toEqual([0, 3, 3, 0, 2]);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as Core from '../../lib/history/mergeCore.js';
import type { SyncStatus } from '../../lib/history/SyncStatus.js';
import { mergeStory, openStory, quietStory } from './mergeStory.js';

const upTo = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** Items a minute apart, as the server's clock tells: old enough for any hole between them. */
const old = (...positions: readonly number[]): readonly (readonly [number, number])[] =>
  positions.map((position) => [position, position * 60_000] as const);

describe('mergeCore, on its way to live', () => {
  it('asks as soon as the line opens, and reads until an answer is empty', () => {
    const story = openStory();
    expect(story.said()).toEqual(['ask 0']);
    expect(story.page([0, 1, 2]).said()).toEqual(['0', '1', '2', 'ask 3']);
    expect(story.page([3]).said()).toEqual(['3', 'ask 4']);
    expect(story.status.state).toBe('catching-up');
    expect(story.page([]).said()).toEqual([]);
    expect(story.status).toEqual({ state: 'live', cursor: 3, highestKnown: 3 });
  });

  it('wants nothing before it is started', () => {
    expect(mergeStory().merge.wakeAt).toBe(Infinity);
  });

  it('waits a moment for a line that is about to open, so that one request does for both', () => {
    expect(mergeStory().start().wait(1_000).open().said()).toEqual(['ask 0']);
  });

  it('reads without a line when none opens', () => {
    const story = mergeStory().start().wait(1_500);
    expect(story.said()).toEqual(['ask 0']);
    expect(story.page([0]).page([]).said()).toEqual(['0', 'ask 1']);
    expect(story.status.state).toBe('catching-up');
    expect(story.wait(60_000).said()).toEqual(['ask 1']);
  });

  it('takes a short page for no end, and a page full of what came live meanwhile neither', () => {
    const story = openStory({ pageSize: 2 });
    expect(story.page([0]).said()).toEqual(['ask 0', '0', 'ask 1']);
    expect(story.live(1, 2).page([1, 2]).said()).toEqual(['1', '2', 'ask 3']);
  });

  it('takes an answer for the end that is short and brings only what came live meanwhile', () => {
    const story = openStory({ pageSize: 5 });
    expect(story.live(0, 1).page([0, 1]).said()).toEqual(['ask 0', '0', '1']);
    expect(story.status.state).toBe('live');
  });

  it('begins after the position that it is given', () => {
    const story = openStory({ after: 41 });
    expect(story.page([40, 41, 42]).said()).toEqual(['ask 42', '42', 'ask 43']);
  });

  it('catches up with 100,000 items and a hole of a billion in as many requests as there are pages', () => {
    const log = [...upTo(50_000), ...upTo(50_000, 1_000_050_000)].filter((position) => position % 12 !== 5);
    const story = openStory({ maxHeld: 16 });
    let requests = 0;
    let emitted = 0;
    for (; story.status.state !== 'live'; requests += 1) {
      story.page(old(...log.slice(emitted, emitted + 100)), { servedAt: 1e18 });
      emitted += story.said().filter((word) => /^\d+$/.test(word)).length;
    }
    expect(emitted).toBe(log.length);
    expect(requests).toBeLessThanOrEqual(log.length / 100 + 3);
    expect(story.now).toBe(0);
  });

  it('holds early items of the line while it catches up, and trusts history for those that it has no room for', () => {
    const story = openStory({ maxHeld: 2 });
    story.live(5, 6, 7, 8).said();
    expect(story.page(upTo(5)).said()).toEqual(['0', '1', '2', '3', '4', '5', '6', 'ask 7']);
    expect(story.page([7, 8]).said()).toEqual(['7', '8', 'ask 9']);
  });

  it('needs no room at all', () => {
    const story = openStory({ maxHeld: 0 });
    expect(story.live(2).page([0]).page([1, 2]).page([]).said()).toEqual([
      'ask 0',
      '0',
      'ask 1',
      '1',
      '2',
      'ask 3',
    ]);
    expect(story.status.state).toBe('live');
  });
});

describe('mergeCore, on live items', () => {
  it('lets a live item that is next out at once, also while a request is under way or failing', () => {
    const story = openStory();
    expect(story.live(0).said()).toEqual(['ask 0', '0']);
    expect(story.fail().live(1).said()).toEqual(['1']);
  });

  it('does not begin with a live item that comes before the first page', () => {
    const story = openStory();
    expect(story.live(2).said()).toEqual(['ask 0']);
    expect(story.page([0, 1]).said()).toEqual(['0', '1', '2', 'ask 3']);
  });

  it('drops a duplicate, early or late', () => {
    const story = quietStory();
    expect(story.live(0, 0, 2, 2, 1, 1, 2, 0).said()).toEqual(['0', '1', '2']);
    expect(story.wait(10_000).said()).toEqual([]);
  });

  it('makes no request for a pair out of order that comes within the grace', () => {
    const story = quietStory();
    expect(story.live(1).wait(299).live(0).said()).toEqual(['0', '1']);
    expect(story.wait(10_000).said()).toEqual([]);
    expect(story.status.state).toBe('live');
  });

  it('gives the next gap a moment of its own', () => {
    const story = quietStory();
    expect(story.live(1).wait(200).live(3, 0).wait(200).live(2).wait(10_000).said()).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  it('asks for a gap that outlasts the grace', () => {
    const story = quietStory();
    expect(story.live(0, 2).said()).toEqual(['0']);
    expect(story.status.state).toBe('catching-up');
    expect(story.wait(300).said()).toEqual(['ask 1']);
    expect(story.page([1, 2]).said()).toEqual(['1', '2', 'ask 3']);
  });

  it('asks once for all gaps', () => {
    const story = quietStory();
    expect(story.live(1, 3, 5).wait(300).said()).toEqual(['ask 0']);
    expect(story.page(upTo(6)).said()).toEqual(['0', '1', '2', '3', '4', '5', 'ask 6']);
  });

  it('asks at once for a gap too wide for disorder', () => {
    expect(quietStory().live(33).said()).toEqual(['ask 0']);
    expect(quietStory().live(31).said()).toEqual([]);
  });

  it('asks at once for a gap that a reconnect lies in', () => {
    expect(quietStory().live(1).drop().wait(10).open().said()).toEqual(['ask 0']);
  });

  it('goes on to read when a gap closes by itself that a request was to verify the line with', () => {
    const story = openStory();
    expect(story.live(1).page([]).said()).toEqual(['ask 0']);
    expect(story.wait(100).live(0).said()).toEqual(['0', '1', 'ask 2']);
    expect(story.page([]).status.state).toBe('live');
  });

  it('asks when somebody knows of a higher position', () => {
    const story = quietStory();
    Core.known(story.merge, 3, story.now);
    expect(story.wait(299).said()).toEqual([]);
    expect(story.wait(1).said()).toEqual(['ask 0']);
  });

  it('learns nothing from a hint at what it has', () => {
    const story = quietStory({ after: 7 });
    Core.known(story.merge, 7, story.now);
    Core.known(story.merge, 3, story.now);
    expect(story.wait(10_000).said()).toEqual([]);
  });
});

describe('mergeCore, on what is missing', () => {
  it('passes an old hole at once, however wide, where the server tells the time', () => {
    const story = openStory();
    expect(story.page(old(3, 4, 9e9), { servedAt: 1e18 }).said()).toEqual([
      'ask 0',
      'hole 0..2',
      '3',
      '4',
      'ask 5',
    ]);
    expect(story.wait(400).page(old(9e9)).said()).toEqual([
      'hole 5..8999999999',
      '9000000000',
      'ask 9000000001',
    ]);
  });

  it('passes a hole by its own clock where the server tells none', () => {
    const story = openStory();
    expect(story.page([0, 2]).said()).toEqual(['ask 0', '0', 'ask 1']);
    expect(story.page([2]).said()).toEqual([]);
    expect(story.wait(1_999).said()).toEqual([]);
    expect(story.wait(1).said()).toEqual(['ask 1']);
    expect(story.page([2]).said()).toEqual(['hole 1..1', '2', 'ask 3']);
  });

  it('waits once for all the holes near the tail', () => {
    const story = openStory();
    story.page([1, 3, 5, 7]).said();
    expect(story.wait(2_000).said()).toEqual(['ask 0']);
    expect(story.page([1, 3, 5, 7]).said()).toEqual([
      'hole 0..0',
      '1',
      'hole 2..2',
      '3',
      'hole 4..4',
      '5',
      'hole 6..6',
      '7',
      'ask 8',
    ]);
  });

  it('passes at once what a hint had overtaken long ago', () => {
    const story = openStory();
    Core.known(story.merge, 1_000, 0);
    story.wait(2_000).page([0, 1]).said();
    expect(story.page([500, 1_000]).said()).toEqual([
      'hole 2..499',
      '500',
      'hole 501..999',
      '1000',
      'ask 1001',
    ]);
  });

  it('does not take a position for absent that shows up within the grace', () => {
    const story = openStory({ after: 9 });
    expect(story.page([11]).said()).toEqual(['ask 10']);
    expect(story.wait(2_000).page([10, 11]).said()).toEqual(['ask 10', '10', '11', 'ask 12']);
  });

  it('does not count the time of a request towards the age of what it found', () => {
    const story = openStory();
    expect(story.wait(60_000).page([1]).said()).toEqual(['ask 0']);
    expect(story.wait(2_000).said()).toEqual(['ask 0']);
  });

  it('remembers the newest time that it saw on an item', () => {
    const story = openStory();
    expect(
      story
        .page([[0, 60_000]])
        .page([[2, 50_000]])
        .said(),
    ).toEqual(['ask 0', '0', 'ask 1', 'hole 1..1', '2', 'ask 3']);
  });

  it('does not count the time that an answer took to be stamped', () => {
    const story = openStory();
    expect(story.page([[1, 50_000]], { servedAt: 60_000 }).said()).toEqual(['ask 0']);
    expect(
      story
        .wait(2_000)
        .page([[1, 50_000]])
        .said(),
    ).toEqual(['ask 0', 'hole 0..0', '1', 'ask 2']);
  });

  it('asks a second time where an answer begins above what was asked for', () => {
    const story = openStory();
    expect(story.page([5, 6]).said()).toEqual(['ask 0']);
    expect(story.wait(2_000).page(upTo(7)).said()).toEqual([
      'ask 0',
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      'ask 7',
    ]);
  });

  it('takes an empty answer neither for the end nor for a hole while more is known', () => {
    const story = openStory();
    story.live(1).said();
    expect(story.page([]).status.state).toBe('catching-up');
    expect(story.wait(400).said()).toEqual(['ask 0']);
    expect(story.page([]).wait(10_000).said()).toEqual(['ask 0']);
    expect(story.page([0, 1]).said()).toEqual(['0', '1', 'ask 2']);
  });

  it('steps over a tail that never becomes readable, says so, and lets out what it holds of it', () => {
    const story = openStory();
    story.live(2).said();
    for (let asked = 1; story.status.cursor < 0; asked += 1) {
      story.page([]).wait(2_000);
      expect(asked).toBeLessThan(30);
    }
    expect(story.said().filter((word) => !word.startsWith('ask 0'))).toEqual([
      'unresolved 0..1',
      '2',
      'ask 3',
    ]);
    expect(story.now).toBeGreaterThanOrEqual(30_000);
  });

  it('does not step over anything while history cannot be asked', () => {
    const story = openStory();
    story.live(2);
    for (let failure = 0; failure < 20; failure += 1) story.fail({ jitter: 0.99 }).wait(30_000);
    expect(story.said().filter((word) => !word.startsWith('ask'))).toEqual([]);
    expect(story.page([0, 1]).said()).toEqual(['0', '1', '2', 'ask 3']);
  });

  it('begins to wait anew when a consumer comes back', () => {
    const story = openStory();
    story.live(2).page([]).stop();
    story.said();
    expect(story.wait(60_000).start().open().live(2).page([]).said()).toEqual(['ask 0']);
  });

  it('hands out an item that comes after its position was passed, once, beside the order', () => {
    const story = openStory();
    story.page([2]).wait(2_000).page([2]).page([]).said();
    expect(story.live(0, 0).said()).toEqual(['late 0']);
    expect(story.wait(1_500).page([0, 1, 3]).said()).toEqual(['ask 3', 'late 1', '3', 'ask 4']);
  });

  it('believes no position that is absurdly far ahead once history has not shown it for long', () => {
    const story = openStory();
    story.live(9e15, 1).said();
    while (story.status.highestKnown > 10) story.page([]).wait(2_000);
    expect(story.said().filter((word) => !word.startsWith('ask'))).toEqual(['unresolved 0..0', '1']);
    expect(story.page([]).status).toEqual({ state: 'live', cursor: 1, highestKnown: 1 });
    expect(story.live(2).said()).toEqual(['2']);
  });

  it('reports what the server keeps no longer, and reads on behind it', () => {
    const story = openStory();
    expect(story.truncate(100).said()).toEqual(['ask 0', 'truncated 0..99', 'ask 100']);
    expect(story.page([100]).said()).toEqual(['100', 'ask 101']);
  });

  it('reports no more as truncated than is missing', () => {
    const story = openStory();
    expect(story.live(5).truncate(100).said()).toEqual(['ask 0', 'truncated 0..4', '5', 'ask 6']);
  });

  it('takes the news that nothing is truncated for a failure', () => {
    const story = openStory({ after: 99 });
    expect(story.truncate(100).said()).toEqual(['ask 100']);
    expect(story.wait(399).said()).toEqual([]);
    expect(story.wait(1).said()).toEqual(['ask 100']);
  });

  it('emits nothing twice when a log begins anew below its cursor', () => {
    const story = quietStory({ after: 50 });
    expect(story.live(0, 1, 2).wait(60_000).page([0, 1, 2]).said()).toEqual(['ask 51']);
  });
});

describe('mergeCore, on odd answers', () => {
  it('sorts an unordered page', () => {
    expect(openStory().page([3, 1, 0, 2]).said()).toEqual(['ask 0', '0', '1', '2', '3', 'ask 4']);
  });

  it('skips what overlaps, and takes one of two items of a position', () => {
    expect(openStory({ after: 4 }).page([3, 4, 5, 5, 6]).said()).toEqual(['ask 5', '5', '6', 'ask 7']);
  });

  it('takes more items than it asked for', () => {
    expect(openStory({ pageSize: 1, maxHeld: 1 }).page(upTo(4)).said()).toEqual([
      'ask 0',
      '0',
      '1',
      '2',
      '3',
      'ask 4',
    ]);
  });

  it('has no effect from an answer to a request of an earlier life, or from a second answer', () => {
    const story = openStory();
    story.stop();
    story.start().said();
    expect(story.page([0]).fail().truncate(9).locate(9).said()).toEqual([]);
    expect(story.wait(400).open().page([0]).said()).toEqual(['ask 0', '0', 'ask 1']);
    Core.page(story.merge, 1, [{ position: 1, item: '1' }], {}, story.now);
    expect(story.said()).toEqual([]);
  });

  it('holds a server that ignores where to begin for broken after the third such answer, yet goes on', () => {
    const story = openStory({ after: 9 });
    const states: SyncStatus['state'][] = [];
    const times: number[] = [];
    for (let answers = 0; answers < 6; answers += 1) {
      times.push(story.now);
      states.push(story.page([0, 1, 2]).status.state);
      story.wait(Math.max(0, story.merge.wakeAt - story.now));
    }
    expect(states).toEqual(['catching-up', 'catching-up', 'degraded', 'degraded', 'degraded', 'degraded']);
    expect(times).toEqual([0, 400, 800, 1_300, 2_300, 4_300]);
    expect(story.status.problem?.kind).toBe('invalid-response');
    expect(
      story
        .live(10)
        .said()
        .filter((word) => !word.startsWith('ask')),
    ).toEqual(['10']);
    expect(story.page([10, 11]).status.problem).toBeUndefined();
    expect(story.said()).toEqual(['11', 'ask 12']);
  });

  it('takes a page of strangers for no end', () => {
    const story = openStory();
    expect(story.page([], { strays: 3 }).status.state).toBe('catching-up');
    expect(story.wait(400).said()).toEqual(['ask 0', 'ask 0']);
  });

  it('minds no strangers beside what it asked for', () => {
    expect(openStory().page([0], { strays: 3 }).said()).toEqual(['ask 0', '0', 'ask 1']);
  });

  it('never asks for the same position twice within the pause', () => {
    const story = openStory();
    expect(story.page([5]).wait(399).drop().open().drop().open().said()).toEqual(['ask 0']);
    expect(story.wait(1).said()).toEqual(['ask 0']);
  });

  it('says after three failures that it is degraded, and what with, until a page comes', () => {
    const story = openStory();
    const states = upTo(3).map(() => story.fail({ jitter: 0 }).wait(400).status.state);
    expect(states).toEqual(['catching-up', 'catching-up', 'degraded']);
    expect(story.status.problem).toEqual({ kind: 'http', message: 'The server failed.' });
    expect(story.page([0]).status).toEqual({ state: 'catching-up', cursor: 0, highestKnown: 0 });
  });

  it('asks not before the time that the server named, even when the line opens', () => {
    const story = openStory();
    expect(story.fail({ jitter: 0.5, retryAfterMs: 9_000 }).drop().open().wait(8_999).said()).toEqual([
      'ask 0',
    ]);
    expect(story.wait(1).said()).toEqual(['ask 0']);
  });

  it('backs off, and tries at once when the line opens', () => {
    const story = openStory({ repollMs: 0 });
    for (let failure = 0; failure < 6; failure += 1) story.fail({ jitter: 0.99 }).wait(30_000);
    story.fail({ jitter: 0.99 }).said();
    expect(story.wait(29_000).said()).toEqual([]);
    expect(story.drop().open().said()).toEqual(['ask 0']);
  });
});

describe('mergeCore, on the line', () => {
  it('uses the answer to a request that was under way when the line opened, but reads once more', () => {
    const story = openStory();
    story.drop().open().said();
    expect(story.page([]).status.state).toBe('catching-up');
    expect(story.wait(400).said()).toEqual(['ask 0']);
    expect(story.page([]).status.state).toBe('live');
  });

  it('confirms once per opening that an open line delivers, then looks once a minute', () => {
    const story = openStory();
    expect(story.page([]).wait(1_499).said()).toEqual(['ask 0']);
    expect(story.wait(1).said()).toEqual(['ask 0']);
    expect(story.page([]).wait(59_999).said()).toEqual([]);
    expect(story.wait(1).page([]).wait(60_000).said()).toEqual(['ask 0', 'ask 0']);
  });

  it('finds the last item, lost by a healthy line, at the next look', () => {
    expect(quietStory().wait(60_000).page([0]).said()).toEqual(['ask 0', '0', 'ask 1']);
  });

  it('makes no further request while items come in order', () => {
    const story = quietStory({ idleProbeMs: Infinity });
    for (const position of upTo(1_000)) story.live(position).wait(50);
    expect(story.said()).toEqual(upTo(1_000).map(String));
  });

  it('makes no request at all once it is told never to look again', () => {
    const story = openStory({ confirmProbeMs: Infinity, idleProbeMs: Infinity });
    expect(story.page([]).wait(1e9).said()).toEqual(['ask 0']);
  });

  it('is stale while the line is down, and keeps what it has', () => {
    const story = quietStory();
    expect(story.live(0, 2).drop().status).toEqual({ state: 'stale', cursor: 0, highestKnown: 2 });
    expect(story.open().page([1]).said()).toEqual(['0', 'ask 1', '1', '2', 'ask 3']);
  });

  it('fills a gap also while the line is down', () => {
    expect(quietStory().live(1).drop().wait(300).page([0, 1]).said()).toEqual(['ask 0', '0', '1', 'ask 2']);
  });

  it('takes a second opening for the same', () => {
    expect(quietStory().open().wait(10_000).said()).toEqual([]);
  });
});

describe('mergeCore, begun at now', () => {
  const nowStory = (settings = {}) =>
    mergeStory({ after: 'now', ...settings })
      .start()
      .wait(0);

  it('asks at once where that is, and lets nothing out before it knows', () => {
    const story = nowStory().open();
    expect(story.live(10, 12).said()).toEqual(['locate']);
    expect(story.status).toEqual({ state: 'catching-up', cursor: -1, highestKnown: 12 });
    expect(story.locate(9).said()).toEqual(['10', 'ask 11']);
    expect(story.page([11, 12]).page([]).said()).toEqual(['11', '12', 'ask 13']);
    expect(story.status.state).toBe('live');
  });

  it('lets out what came live while the question was under way, though the answer counts it in', () => {
    expect(nowStory().open().live(10).locate(12).said()).toEqual(['locate', '10', 'ask 11']);
    const roomless = nowStory({ maxHeld: 0 }).open();
    expect(roomless.live(10).locate(12).page([10]).said()).toEqual(['locate', 'ask 10', '10', 'ask 11']);
  });

  it('begins an empty log at its beginning', () => {
    expect(nowStory().open().locate(-1).said()).toEqual(['locate', 'ask 0']);
  });

  it('waits for the line with its first request', () => {
    expect(nowStory().locate(9).wait(1_000).said()).toEqual(['locate']);
  });

  it('asks again when it failed to hear where now is, like for any other request', () => {
    const story = nowStory().open();
    for (let failure = 0; failure < 3; failure += 1) story.fail({ jitter: 0 }).wait(400);
    expect(story.status.state).toBe('degraded');
    expect(story.said()).toEqual(['locate', 'locate', 'locate', 'locate']);
    expect(story.fail({ retryAfterMs: 5_000 }).wait(4_999).said()).toEqual([]);
    expect(story.wait(1).locate(3).status).toEqual({ state: 'catching-up', cursor: 3, highestKnown: 3 });
  });

  it('asks anew when its consumer left before it knew', () => {
    const story = nowStory().open().live(10);
    story.stop();
    story.said();
    expect(story.wait(400).start().open().live(20).locate(19).said()).toEqual(['locate', '20', 'ask 21']);
  });

  it('takes a truncated log for a failure to hear where now is', () => {
    expect(nowStory().open().truncate(100).wait(400).said()).toEqual(['locate', 'locate']);
  });

  it('ends with what came live when the log ends before it knows', () => {
    const story = nowStory().open().live(12, 10);
    story.close('deleted');
    expect(story.wait(300).said()).toEqual(['locate', '10', 'closed 11..11', '12', 'end']);
  });
});

describe('mergeCore, and its consumer', () => {
  it('has settled an item when it hands it out', () => {
    const seen: string[] = [];
    const story = openStory({
      onEmit: (position, merge) => {
        const { state, cursor } = Core.status(merge);
        seen.push(`${position}: ${state} at ${cursor}`);
      },
    });
    story.page([0, 1]).page([]).live(2).live(4, 3);
    expect(seen).toEqual([
      '0: catching-up at 0',
      '1: catching-up at 1',
      '2: live at 2',
      '3: catching-up at 3',
      '4: live at 4',
    ]);
  });

  it('gives nothing more to a consumer who leaves in the middle, and goes on there with the next', () => {
    const story = openStory({
      onEmit: (position, merge) => {
        if (position === 1) Core.stop(merge);
      },
    });
    expect(story.page([0, 1, 2, 3]).wait(1e6).said()).toEqual(['ask 0', '0', '1']);
    expect(story.status).toEqual({ state: 'idle', cursor: 1, highestKnown: 3 });
    expect(story.start().open().page([2, 3]).said()).toEqual(['ask 2', '2', '3', 'ask 4']);
  });

  it('says nothing while it is stopped, whatever it is told', () => {
    const story = quietStory();
    story.stop();
    story.live(0, 5).open().drop();
    Core.known(story.merge, 9, story.now);
    expect(story.wait(1e6).said()).toEqual([]);
    expect(story.merge.wakeAt).toBe(Infinity);
  });

  it('reads no further and holds nothing while its consumer is behind', () => {
    const story = openStory({
      onEmit: (position, merge) => {
        if (position === 1) Core.pause(merge);
      },
    });
    expect(story.page([0, 1, 2]).live(3, 5).wait(1e6).said()).toEqual(['ask 0', '0', '1', '2']);
    expect(story.status).toEqual({ state: 'catching-up', cursor: 2, highestKnown: 5 });
    story.resume();
    expect(story.page([3, 4, 5]).said()).toEqual(['ask 3', '3', '4', '5', 'ask 6']);
  });

  it('lets a consumer who caught up have what comes live', () => {
    const story = quietStory();
    story.pause();
    story.resume();
    expect(story.live(0).said()).toEqual(['0']);
  });

  it('minds no resume that nothing was paused for', () => {
    const story = quietStory();
    story.live(1).resume();
    expect(story.said()).toEqual([]);
  });

  it('serves a new consumer though the last one had been behind', () => {
    const story = quietStory();
    story.pause();
    story.stop();
    expect(story.wait(400).start().open().page([0]).said()).toEqual(['ask 0', '0', 'ask 1']);
  });

  it('does not count the time of a consumer who was behind towards patience with a gap', () => {
    const story = openStory();
    story.live(1).page([]).pause();
    story.wait(1e6).resume();
    expect(story.page([]).said()).toEqual(['ask 0', 'ask 0']);
  });
});

describe('mergeCore, at the end', () => {
  it('reads what history still has when live items have ended, with a request that starts after that', () => {
    const story = openStory();
    Core.finish(story.merge, story.now);
    story.wait(10);
    expect(story.page([0]).page([1]).page([]).said()).toEqual(['ask 0', '0', 'ask 1', '1', 'ask 2', 'end']);
    expect(story.status.state).toBe('closed');
  });

  it('does not take a request for the last that had started before', () => {
    const story = openStory().wait(10);
    Core.finish(story.merge, story.now);
    expect(story.page([]).wait(390).said()).toEqual(['ask 0']);
    expect(story.wait(10).page([]).said()).toEqual(['ask 0', 'end']);
  });

  it('does not wait for a gap for ever when live items have ended', () => {
    const story = openStory().live(1);
    Core.finish(story.merge, story.now);
    for (let answers = 0; story.status.state !== 'closed'; answers += 1) {
      story.page([]).wait(2_000);
      expect(answers).toBeLessThan(40);
    }
    expect(story.said().filter((word) => !word.startsWith('ask'))).toEqual(['unresolved 0..0', '1', 'end']);
  });

  it('forgets that live items had ended when a new consumer brings new ones', () => {
    const story = openStory();
    Core.finish(story.merge, story.now);
    story.stop();
    expect(story.wait(400).start().open().page([]).status.state).toBe('live');
  });

  it('waits a moment for stragglers when the log is closed, then reports what did not come', () => {
    const story = quietStory();
    story.live(1, 4).close('deleted');
    expect(story.wait(200).live(0).said()).toEqual(['0', '1']);
    expect(story.wait(99).said()).toEqual([]);
    expect(story.wait(1).said()).toEqual(['closed 2..3', '4', 'end']);
    expect(story.status).toEqual({ state: 'closed', cursor: 4, highestKnown: 4, closedBecause: 'deleted' });
  });

  it('uses an answer that comes in that moment, and asks for nothing any more', () => {
    const story = openStory();
    story.close('removed');
    expect(story.page([0, 1]).wait(1e6).said()).toEqual(['ask 0', '0', '1', 'end']);
    expect(story.status.closedBecause).toBe('removed');
  });

  it('ends in bounded time though history fails', () => {
    const story = openStory().live(3).fail();
    story.close('removed');
    expect(story.wait(300).said()).toEqual(['ask 0', 'closed 0..2', '3', 'end']);
  });

  it('ends also for a consumer who is behind', () => {
    const story = quietStory().live(1);
    story.pause();
    story.close('deleted');
    expect(story.wait(300).said()).toEqual(['closed 0..0', '1', 'end']);
  });

  it('reports the rest to the next consumer when one leaves in the middle of the end', () => {
    const story = quietStory({
      onEmit: (position, merge) => {
        if (position === 1) Core.stop(merge);
      },
    });
    story.live(1, 3).close('deleted');
    expect(story.wait(300).said()).toEqual(['closed 0..0', '1']);
    expect(story.start().wait(0).said()).toEqual(['closed 2..3', 'end']);
  });

  it('ends at once when the client closes', () => {
    const story = openStory().live(1);
    story.close('client-closed');
    expect(story.said()).toEqual(['ask 0', 'end']);
    expect(story.status.closedBecause).toBe('client-closed');
    expect(story.merge.wakeAt).toBe(Infinity);
  });

  it('says why it is closed only once it is', () => {
    const story = quietStory();
    story.close('deleted');
    expect(story.status).toEqual({ state: 'live', cursor: -1, highestKnown: -1 });
  });

  it('keeps the first reason', () => {
    const story = quietStory();
    story.close('deleted');
    story.close('removed');
    expect(story.wait(300).status.closedBecause).toBe('deleted');
  });

  it('says nothing any more, whatever it is told', () => {
    const story = openStory();
    story.close('client-closed');
    story.said();
    story.live(0, 5).page([0]).fail().truncate(7).open().drop().start();
    Core.known(story.merge, 9, story.now);
    Core.finish(story.merge, story.now);
    story.resume();
    story.close('deleted');
    expect(story.wait(1e6).said()).toEqual([]);
    expect(story.merge.wakeAt).toBe(Infinity);
  });

  it('says nothing about an error that its caller passes on, except in its status', () => {
    const story = openStory().live(1);
    Core.abort(story.merge, { kind: 'forbidden', message: 'No.' });
    story.said();
    expect(story.page([0]).wait(1e6).said()).toEqual([]);
    expect(story.status).toEqual({
      state: 'closed',
      cursor: -1,
      highestKnown: 1,
      problem: { kind: 'forbidden', message: 'No.' },
    });
  });
});

describe('a page that somebody else had asked for earlier', () => {
  it('does not verify a line that opened since', () => {
    const story = mergeStory().start().wait(1_000).open();
    expect(story.page([], { askedAt: 999 }).status.state).toBe('catching-up');
    expect(story.wait(1_000).said()).toEqual(['ask 0', 'ask 0']);
    expect(story.page([]).status.state).toBe('live');
  });

  it('verifies a line that was open by then', () => {
    const story = mergeStory().start().open().wait(1_000);
    expect(story.page([], { askedAt: 500 }).status.state).toBe('live');
  });

  it('proves no hole that it could not have shown', () => {
    const story = quietStory({ after: 0 }).live(3).wait(300).page([3]);
    story.wait(1_800);
    expect(story.said()).toEqual(['ask 1', 'ask 1']);
    story.page([3], { askedAt: story.now - 200 }).wait(500);
    expect(story.said()).toEqual(['ask 1']);
    expect(story.page([3]).said()).toEqual(['hole 1..2', '3', 'ask 4']);
  });

  it('is not the confirming look when it is older than that was due', () => {
    const story = openStory().page([]).wait(1_500);
    story.said();
    story.page([], { askedAt: story.now - 1 }).wait(1_000);
    expect(story.said()).toEqual(['ask 0']);
  });
});

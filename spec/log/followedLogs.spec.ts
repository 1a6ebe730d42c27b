import { describe, expect, it } from '@jest/globals';
import { followedLogs } from '../../lib/log/followedLogs.js';
import { watch } from '../support/watch.js';

const of = (conversationId: string) => ({ conversationId });

describe('followedLogs', () => {
  it('counts a conversation for as long as somebody follows it', () => {
    const followed = followedLogs();
    const [first, second] = [of('garden'), of('garden')];
    const counts = [followed.count];

    followed.enter(first);
    followed.enter(second);
    followed.enter(of('pond'));
    counts.push(followed.count);
    followed.leave(first);
    counts.push(followed.count);
    followed.leave(second);
    followed.leave(second);
    counts.push(followed.count);

    expect(counts).toEqual([0, 2, 2, 1]);
  });

  it('tells how many there are, each time that changes', () => {
    const followed = followedLogs();
    const counts = watch(followed.count$);
    const first = of('garden');

    for (const follower of [first, of('garden'), of('pond')]) followed.enter(follower);
    followed.leave(first);

    expect(counts.values).toEqual([0, 1, 2]);
  });

  it('gives each a number of its own for as long as it is followed', () => {
    const followed = followedLogs();
    const all = ['a', 'b', 'a'].map(of);
    for (const follower of all) followed.enter(follower);
    for (const follower of all.slice(0, 1)) followed.leave(follower);

    expect(['a', 'b', 'c'].map((id) => followed.numberOf(id))).toEqual([0, 1, undefined]);
  });

  it('knows who came first, and who moves up when one leaves', () => {
    const followed = followedLogs();
    const all = ['a', 'b', 'c'].map(of);
    for (const follower of all) followed.enter(follower);
    const amongTwo = (): readonly string[] =>
      ['a', 'b', 'c', 'd'].filter((id) => followed.isAmongFirst(id, 2));

    const before = amongTwo();
    for (const follower of all.slice(0, 1)) followed.leave(follower);

    expect([before, amongTwo()]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });

  it('lists the followers of a conversation as they are at the moment', () => {
    const followed = followedLogs();
    const [first, second] = [of('garden'), of('garden')];
    followed.enter(first);
    const before = followed.of('garden');
    followed.enter(second);
    followed.leave(first);

    expect([before, followed.of('garden'), followed.of('pond'), followed.all()]).toEqual([
      [first],
      [second],
      [],
      [second],
    ]);
  });
});

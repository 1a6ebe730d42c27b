import { describe, expect, it } from '@jest/globals';
import { NEVER, of, throwError } from 'rxjs';
import { followedConversations } from '../../lib/client/followedConversations.js';
import { watch } from '../support/watch.js';

describe('followedConversations', () => {
  it('counts a conversation for as long as somebody follows it', () => {
    const followed = followedConversations();
    const garden$ = followed.during('garden', NEVER);
    const counts = [followed.count];

    const first = watch(garden$);
    const second = watch(garden$);
    watch(followed.during('pond', NEVER));
    counts.push(followed.count);
    first.unsubscribe();
    counts.push(followed.count);
    second.unsubscribe();
    counts.push(followed.count);

    expect(counts).toEqual([0, 2, 2, 1]);
  });

  it('forgets one whose stream has ended, either way', () => {
    const followed = followedConversations();

    watch(followed.during('garden', of(1)));
    watch(
      followed.during(
        'pond',
        throwError(() => new Error('gone')),
      ),
    );

    expect(followed.count).toBe(0);
  });

  it('tells how many there are, each time that changes', () => {
    const followed = followedConversations();
    const counts = watch(followed.count$);

    const first = watch(followed.during('garden', NEVER));
    watch(followed.during('garden', NEVER));
    watch(followed.during('pond', NEVER));
    first.unsubscribe();

    expect(counts.values).toEqual([0, 1, 2]);
  });

  it('gives each a number of its own for as long as it is followed', () => {
    const followed = followedConversations();
    const [a] = ['a', 'b', 'a'].map((id) => watch(followed.during(id, NEVER)));
    a?.unsubscribe();

    expect(['a', 'b', 'c'].map((id) => followed.numberOf(id))).toEqual([0, 1, undefined]);
  });

  it('knows who came first, and who moves up when one leaves', () => {
    const followed = followedConversations();
    const [a] = ['a', 'b', 'c'].map((id) => watch(followed.during(id, NEVER)));
    const amongTwo = (): readonly string[] =>
      ['a', 'b', 'c', 'd'].filter((id) => followed.isAmongFirst(id, 2));

    const before = amongTwo();
    a?.unsubscribe();

    expect([before, amongTwo()]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
  });
});

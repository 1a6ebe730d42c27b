import { describe, expect, it } from '@jest/globals';
import { newToThisRun } from '../../lib/log/newToThisRun.js';
import { unreadable } from '../../lib/wire/DecodeError.js';

const bad = (raw: unknown) => unreadable({ kind: 'not-an-envelope', raw, receivedAt: 0 });
const at = (conversationEventId: number) => bad({ conversationEventId });

describe('newToThisRun', () => {
  it('picks an item with a position once, wherever the page begins', () => {
    const newAmong = newToThisRun();
    expect(newAmong([at(4), at(5)], 1)).toHaveLength(2);
    expect(newAmong([at(4), at(5), at(6)], 1).map((item) => item.raw())).toEqual([
      { conversationEventId: 6 },
    ]);
    expect(newAmong([at(5)], 3)).toEqual([]);
  });

  it('picks all items without a position when a page from there is first read', () => {
    const newAmong = newToThisRun();
    expect(newAmong([bad('a'), bad(1)], 1)).toHaveLength(2);
    expect(newAmong([bad('a'), bad(1)], 1)).toEqual([]);
    expect(newAmong([bad(1)], 2)).toHaveLength(1);
  });

  it('remembers the latest 256', () => {
    const newAmong = newToThisRun();
    newAmong(
      Array.from({ length: 257 }, (_, position) => at(position)),
      0,
    );
    expect(newAmong([at(1), at(256)], 0)).toEqual([]);
    expect(newAmong([at(0)], 0)).toHaveLength(1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createTails } from '../../../lib/worker/jetstream/tails.js';

const tail = (last: number) => ({ last, sequence: last + 100 });

describe('createTails', () => {
  it('remembers, forgets one, and forgets all', () => {
    const tails = createTails(10);
    tails.set('a', tail(1));
    tails.set('a', tail(2));
    tails.set('b', tail(3));
    tails.set('c', tail(4));
    tails.delete('b');

    expect([tails.get('a'), tails.get('b'), tails.get('c')]).toEqual([tail(2), undefined, tail(4)]);
    tails.clear();
    expect(tails.get('a')).toBeUndefined();
  });

  it('keeps those that were used last', () => {
    const tails = createTails(2);
    tails.set('a', tail(1));
    tails.set('b', tail(2));
    tails.get('a');
    tails.set('c', tail(3));

    expect([tails.get('a'), tails.get('b'), tails.get('c')]).toEqual([tail(1), undefined, tail(3)]);
  });
});

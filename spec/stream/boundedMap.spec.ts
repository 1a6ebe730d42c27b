import { describe, expect, it } from '@jest/globals';
import { boundedMap } from '../../lib/stream/boundedMap.js';

describe('boundedMap', () => {
  it('keeps the entries that were set last, at most so many', () => {
    const map = boundedMap<string, number>(2);

    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);

    expect(['a', 'b', 'c'].map(map.get)).toEqual([3, undefined, 4]);
    expect(map.size).toBe(2);
  });

  it('forgets one of them when told to', () => {
    const map = boundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);

    map.delete('a');

    expect([map.size, map.get('a'), map.get('b')]).toEqual([1, undefined, 2]);
  });

  it('forgets all of them when told to', () => {
    const map = boundedMap<string, number>(2);
    map.set('a', 1);

    map.clear();

    expect([map.size, map.get('a')]).toEqual([0, undefined]);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { partitionOf } from '../../../lib/worker/jetstream/partitionOf.js';

describe('partitionOf', () => {
  it('is one of them', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_024 }), (token, partitions) => {
        const partition = partitionOf(token, partitions);
        expect(Number.isInteger(partition) && partition >= 0 && partition < partitions).toBe(true);
      }),
    );
  });

  it('is FNV-1a: the same in every version, or order would be lost', () => {
    // The published test vectors of 32-bit FNV-1a.
    expect(partitionOf('', 2 ** 32)).toBe(0x811c9dc5);
    expect(partitionOf('a', 2 ** 32)).toBe(0xe40c292c);
    expect(partitionOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
  });

  it('spreads', () => {
    const counts = new Map<number, number>();
    for (let id = 0; id < 6_400; id += 1) {
      const partition = partitionOf(`conversation-${id}`, 64);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    expect(Math.max(...counts.values())).toBeLessThan(200);
  });
});

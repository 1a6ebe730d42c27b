import { describe, expect, it } from '@jest/globals';
import { compareLogs, isWhole } from '../../../lib/cli/demo/compareLogs.js';

describe('compareLogs', () => {
  it('finds nothing wrong with the log itself', () => {
    const comparison = compareLogs([0, 1, 4], [0, 1, 4]);

    expect(comparison).toEqual({
      expected: 3,
      arrived: 3,
      missing: [],
      repeated: [],
      outOfOrder: [],
      unknown: [],
    });
    expect(isWhole(comparison)).toBe(true);
  });

  it.each([
    ['missing', [0, 4], [1]],
    ['repeated', [0, 1, 1, 4], [1]],
    ['outOfOrder', [0, 4, 1], [1]],
    ['unknown', [0, 1, 2, 4], [2]],
  ] as const)('finds what is %s', (wrong, arrived, ids) => {
    const comparison = compareLogs([0, 1, 4], arrived);

    expect(comparison[wrong]).toEqual(ids);
    expect(isWhole(comparison)).toBe(false);
  });
});

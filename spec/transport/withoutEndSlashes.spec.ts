import { describe, expect, it } from '@jest/globals';
import { withoutEndSlashes } from '../../lib/transport/withoutEndSlashes.js';

describe('withoutEndSlashes', () => {
  it.each([
    ['https://host', 'https://host'],
    ['https://host/', 'https://host'],
    ['https://host/a//', 'https://host/a'],
    ['', ''],
    ['//', ''],
  ])('makes of %j %j', (address, expected) => {
    expect(withoutEndSlashes(address)).toBe(expected);
  });
});

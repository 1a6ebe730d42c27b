import { describe } from '@jest/globals';
import { Position } from '../../lib/wire/Position.js';
import { obeysCodecContract } from './codecContract.js';

const wrong = ['(root): expected integer >= 0'];

describe('Position', () => {
  obeysCodecContract(Position, {
    good: [0, 1, Number.MAX_SAFE_INTEGER],
    bad: [
      [-1, wrong],
      [1.5, wrong],
      ['12', wrong],
      [Number.MAX_SAFE_INTEGER + 1, wrong],
      [Number.POSITIVE_INFINITY, wrong],
      [Number.NaN, wrong],
      [undefined, wrong],
    ],
  });
});

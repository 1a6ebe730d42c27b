import { describe, expect, it } from '@jest/globals';
import { judgeEffects } from './judgeEffects.js';

const judge = (...lines: readonly string[]) =>
  judgeEffects(
    lines,
    new Map([
      ['a', 3],
      ['b', 1],
    ]),
  );

describe('judgeEffects', () => {
  it('finds nothing wrong with each event once', () => {
    expect(judge('0 a/0', '0 b/0', '0 a/1', '0 a/2')).toEqual({
      effects: 4,
      distinct: 4,
      repeated: 0,
      violations: [],
    });
  });

  it('lets a new life repeat, and counts it', () => {
    expect(judge('0 a/0', '0 a/1', '1 a/0', '1 a/1', '1 a/2', '1 b/0')).toMatchObject({
      effects: 6,
      repeated: 2,
      violations: [],
    });
  });

  it.each<[string, readonly string[]]>([
    ['lost: a/2 and 0 more', ['0 a/0', '0 a/1', '0 b/0']],
    ['lost: b/0 and 0 more', ['0 a/0', '0 a/1', '0 a/2']],
    ['skipped 1: 0 a/2', ['0 a/0', '0 a/2', '0 b/0']],
    ['skipped 1: 1 a/2', ['0 a/0', '1 a/2', '0 b/0']],
    ['out of order: 0 a/0', ['0 a/0', '0 a/1', '0 a/0', '0 b/0', '1 a/2']],
    ['out of order: 1 a/0', ['0 a/0', '0 a/1', '1 a/1', '1 a/0', '1 a/1', '1 a/2', '0 b/0']],
    ['more than there was: b/1', ['0 a/0', '0 a/1', '0 a/2', '0 b/0', '0 b/1']],
    ['no such event: 0 c/0', ['0 c/0', '0 a/0', '0 a/1', '0 a/2', '0 b/0']],
    ['a dead one works: 0 a/1', ['0 a/0', '1 a/1', '0 a/1', '1 a/2', '0 b/0']],
  ])('finds what is wrong: %s', (violation, lines) => {
    expect(judge(...lines).violations).toContain(violation);
  });
});

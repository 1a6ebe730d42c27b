import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Goal, type GoalName, goals } from './goals.js';
import { type Figure, reportOf } from './report.js';
import { spreadOf } from './sideBySide.js';

const rows: readonly Goal[] = Object.values(goals);
const page = readFileSync('docs/performance.md', 'utf8');

/** The cells of the row that begins with this. */
const cellsOf = (text: string, what: string): readonly string[] =>
  (text.split('\n').find((line) => line.startsWith(`| ${what}`)) ?? '').split('|').map((cell) => cell.trim());

/** Each goal missed, or met, by a hundredth. */
const allBy = (share: 0.99 | 1.01): string => {
  const figures = rows.map(({ goal, bound }): Figure => {
    const factor = bound === 'at most' ? share : 1 / share;
    return { ours: spreadOf([goal * factor]), others: { peer: spreadOf([1]) } };
  });
  const named = Object.keys(goals).map((name, index) => [name, figures[index]]);
  // The keys are those of the goals, in their order.
  return reportOf(Object.fromEntries(named) as Record<GoalName, Figure>);
};

describe('the report of the benchmark', () => {
  it('says of each goal that it is met, and asks no reason', () => {
    for (const { what } of rows) expect(cellsOf(allBy(0.99), what)[4]).toMatch(/^(met|better)$/);
    expect(allBy(0.99)).not.toContain('Why');
  });

  it('says of each goal that it is missed, and why', () => {
    for (const { what, whyNot } of rows) {
      expect(cellsOf(allBy(1.01), what)[4]).toBe('missed');
      expect(allBy(1.01)).toContain(`- ${what}: ${whyNot}`);
    }
  });
});

describe('docs/performance.md', () => {
  it.each(rows.map(({ what, whyNot }) => [what, whyNot]))(
    'has a figure and a verdict for: %s',
    (what, whyNot) => {
      const [, , goal, figure, verdict = ''] = cellsOf(page, what);

      expect(goal).toMatch(/^at (most|least) [\d.]+/);
      // What is added may be less than nothing, within the noise.
      expect(figure).toMatch(/^\*\*-?[\d.]+( ms| B| kB| s)?\*\*/);
      expect(['met', 'better', 'missed']).toContain(verdict);
      expect(verdict === 'missed' ? page.replaceAll('\n', ' ') : whyNot).toContain(whyNot);
    },
  );

  it('has the figures of the merge', () => {
    expect(page).toMatch(/\| +1000000 \| +10 % \|/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const text = readFileSync('docs/connection.md', 'utf8');

/** The rows of the table of pitfalls: number, file and title of the test. */
const pitfalls = [...text.matchAll(/^\| P(\d+) +\|.*\| `([^`]+)`: (.+?) +\|$/gm)].map(
  ([, number = '', file = '', title = '']) => [Number(number), file, title.replaceAll('\\_', '_')] as const,
);

describe('docs/connection.md', () => {
  it('lists forty pitfalls', () => {
    expect(pitfalls.map(([number]) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it.each(pitfalls)('P%i: %s holds the test “%s”', (_number, file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(title);
  });
});

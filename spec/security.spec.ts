import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** The specs that a list names, each with the words of its titles that say what it guards. */
const guardsIn = (list: string): readonly { readonly file: string; readonly titles: readonly string[] }[] =>
  [...readFileSync(list, 'utf8').matchAll(/`(spec\/[\w/.]+\.spec\.ts)`(?:: ((?:“[^”]+”(?:, )?)+))?/g)].map(
    ([, file = '', titles = '']) => ({
      file,
      titles: [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title),
    }),
  );

describe.each(['docs/security.md', 'docs/weaknesses.md'])('%s', (list) => {
  it.each(guardsIn(list))('names a spec that is there: $file $titles', ({ file, titles }) => {
    const spec = existsSync(file) ? readFileSync(file, 'utf8') : '';

    expect(titles.filter((title) => !spec.includes(title))).toEqual([]);
    expect(spec).toMatch(/^describe\(|^describe\.each/m);
  });
});

describe('docs/security.md', () => {
  const rows = readFileSync('docs/security.md', 'utf8').match(/^\| \d+ .*$/gm) ?? [];

  it('has a spec for each risk', () => {
    expect(rows.map((row) => Number(/\d+/.exec(row)))).toEqual(
      [...Array(15).keys(), 18].map((row) => row + 1),
    );
    expect(rows.filter((row) => !row.includes('.spec.ts`: “') && !row.includes('npm run '))).toEqual([]);
  });
});

describe('the ws that is installed', () => {
  /** Below it a peer could exhaust memory or read some of it: CVE-2026-48779, CVE-2026-45736, CVE-2024-37890. */
  const FLOOR = [8, 21, 0];
  const isSafe = (version: string): boolean => {
    const parts = version.replace(/^\^/, '').split('.').map(Number);
    const first = FLOOR.findIndex((floor, index) => parts[index] !== floor);
    return first === -1 || (parts[first] ?? NaN) > (FLOOR[first] ?? NaN);
  };

  it('is no version with known holes, nor may any be installed', () => {
    const wanted: { dependencies: { ws: string } } = JSON.parse(readFileSync('package.json', 'utf8'));
    const lock: { packages: Record<string, { version: string }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    const locked = Object.entries(lock.packages).filter(([name]) => /(^|\/)node_modules\/ws$/.test(name));
    const versions = [wanted.dependencies.ws, ...locked.map(([, { version }]) => version)];

    expect(versions.length).toBeGreaterThan(1);
    expect(versions.filter((version) => !isSafe(version))).toEqual([]);
    expect(['8.20.9', '7.99.0', '8.21.0', '8.23.0', '9.0.0'].map(isSafe)).toEqual([
      ...[false, false],
      ...[true, true, true],
    ]);
  });
});

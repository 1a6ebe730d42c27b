import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const require = createRequire(path.resolve('package.json'));

/** Before 8.21.0 a few bytes in many fragments exhaust the memory (CVE-2026-48779). */
const FLOOR = [8, 21, 0];

const isAtLeastFloor = (version: string): boolean => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [floorMajor = 0, floorMinor = 0, floorPatch = 0] = FLOOR;
  if (major !== floorMajor) return major > floorMajor;
  if (minor !== floorMinor) return minor > floorMinor;
  return patch >= floorPatch;
};

/** What these files of npm hold, as far as it matters here. */
interface Manifest {
  readonly version: string;
  readonly dependencies: { readonly ws: string };
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

const manifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

describe('ws', () => {
  it.each([
    ['8.20.9', false],
    ['7.99.0', false],
    ['8.21.0', true],
    ['9.0.0', true],
  ])('%s would be new enough: %p', (version, isEnough) => {
    expect(isAtLeastFloor(version)).toBe(isEnough);
  });

  it('is new enough wherever this package is installed, and here', () => {
    const range = manifest('package.json').dependencies.ws;

    expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
    expect(isAtLeastFloor(range.slice(1))).toBe(true);
    expect(isAtLeastFloor(manifest(require.resolve('ws/package.json')).version)).toBe(true);
  });

  it('is there once: no dependency brings an older one', () => {
    const { packages } = manifest('package-lock.json');
    const versions = Object.entries(packages).flatMap(([name, { version }]) =>
      /(^|\/)node_modules\/ws$/.test(name) ? [version] : [],
    );

    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => !isAtLeastFloor(version))).toEqual([]);
  });
});

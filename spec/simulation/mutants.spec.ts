import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catchMutant } from './catchMutant.js';
import { MUTANTS } from './mutants.js';

const SEEDS = 6_000;

describe('a merge with a mistake in it', () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    'is found out: %s',
    async (_name, mutant) => {
      const caught = await catchMutant(mutant, SEEDS);
      expect(caught?.name).toBe(mutant.name);
    },
  );

  it('is in the table of the docs, each of them', () => {
    // Spaces are the formatter's.
    const docs = readFileSync('docs/merge.md', 'utf8').replaceAll(/ +/g, ' ');
    expect(MUTANTS.map(({ name }) => name).filter((name) => !docs.includes(`| ${name} |`))).toEqual([]);
  });
});

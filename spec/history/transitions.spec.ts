import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as Core from '../../lib/history/mergeCore.js';
import { INPUTS, outcomeOf, SITUATIONS } from './transitions.js';

const situations = Object.keys(SITUATIONS);
const inputs = Object.keys(INPUTS);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

describe('the transitions of the merge', () => {
  it('are those of all that a merge can be told', () => {
    const { atRest, heldCount, status, ...facts } = Core;
    const told = new Set(inputs.map((input) => input.split(/[: ,]/)[0]));
    expect([atRest, heldCount, status]).toEqual(Array(3).fill(expect.any(Function)));
    expect(Object.keys(facts).filter((name) => !told.has(name))).toEqual([]);
  });

  it('are in the docs as they are, for every situation and every input', () => {
    const table = [
      row(['', ...situations.map((situation) => `**${situation}**`)]),
      row(['---', ...situations.map(() => '---')]),
      ...inputs.map((input) => row([input, ...situations.map((situation) => outcomeOf(situation, input))])),
    ];
    // Spaces and dashes are the formatter's.
    const docs = readFileSync('docs/merge.md', 'utf8')
      .split('\n')
      .map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---'));
    expect(table.filter((line) => !docs.includes(line.replaceAll(/ +/g, ' ')))).toEqual([]);
  });
});

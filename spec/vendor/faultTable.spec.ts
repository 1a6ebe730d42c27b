import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startServer } from '../../lib/server/startServer.js';
import { faultRows } from './faultRows.js';
import type { Outcome } from './worlds.js';

const PAGE = 'docs/faults.md';
const TABLE = /(?<=<!-- measured -->\n\n)[\s\S]*?(?=\n<!-- \/measured -->)/;

const cell = ({ kept, measured }: Outcome): string =>
  [kept ? 'kept' : '**broken**', measured].filter((text) => text !== '').join(': ');

/** As prettier writes it. */
const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('');
};

describe('under each fault', () => {
  const measured: (readonly string[])[] = [];

  it.each(faultRows)(
    '$fault: $promise',
    async ({ fault, promise, vendor, ours }) => {
      const [theirs, own] = await Promise.all([vendor(), ours()]);
      measured.push([fault, promise, cell(theirs), cell(own)]);

      expect(own).toMatchObject({ kept: true });
    },
    20_000,
  );

  it('no fault of the server is left out', async () => {
    const server = await startServer();
    const { dropped: _byHand, ...counts } = server.faultCounts;
    await server.close();
    const shown = faultRows.map(({ fault }) => fault).join(' ');

    expect(Object.keys(counts).filter((name) => !shown.includes(`\`${name}`))).toEqual([]);
  });

  it('the table in the docs says what was measured', () => {
    const table = markdownTable([['fault', 'promise', "the vendor's SDK 1.3.0", '`comapi-rx`'], ...measured]);
    const page = readFileSync(PAGE, 'utf8');
    process.stdout.write(`\n${table}\n`);
    if (process.env['FAULT_TABLE'] === 'write')
      writeFileSync(
        PAGE,
        page.replace(TABLE, () => table),
      );

    expect(TABLE.exec(readFileSync(PAGE, 'utf8'))?.[0]).toBe(table);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeJson, escapeText } from '../../lib/fault/escapeText.js';

const DANGEROUS: readonly (readonly [name: string, text: string])[] = [
  ['an escape sequence', '\u001b]0;title\u0007'],
  ['a C1 control', '\u009b31m'],
  ['a carriage return', 'paid\rfree'],
  ['a backspace', 'ab\bc'],
  ['a forged line', 'x\n2026-01-01 INFO forged'],
  ['a bidirectional override', 'user\u202etxt.exe'],
  ['a zero-width space', 'a\u200bb'],
  ['a line separator', 'a\u2028b'],
  ['a tag character', 'a\u{e0041}b'],
  ['DEL', 'a\u007f'],
  ['half a surrogate pair', 'a\ud800b'],
];
const OBEYED = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('escapeText', () => {
  it.each(DANGEROUS)('spells out %s', (_, text) => {
    expect(escapeText(text)).not.toMatch(OBEYED);
    expect(escapeText(text)).toContain('\\u{');
  });

  it('leaves nothing of any code point that a terminal obeys', () => {
    const escaped = Array.from({ length: 0x110000 }, (_, point) => escapeText(String.fromCodePoint(point)));

    expect(escaped.filter((text) => OBEYED.test(text))).toEqual([]);
  });

  it('leaves what people write as it is', () => {
    expect(escapeText('Grüße, 你好, مرحبا, 👍🏽 – “ok”')).toBe('Grüße, 你好, مرحبا, 👍🏽 – “ok”');
  });
});

describe('escapeJson', () => {
  it.each(DANGEROUS)('spells out %s in JSON', (_, text) => {
    expect(escapeJson({ text })).not.toMatch(OBEYED);
  });

  it('gives every value back to whoever parses the line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const record = { value, text };
        expect(JSON.parse(escapeJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
      }),
    );
  });
});

/**
 * Everything that a terminal obeys, hides or reorders instead of showing: control characters of both sets,
 * bidirectional and zero-width marks, tags, line and paragraph separators, private use, lone surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes text from elsewhere safe to print: one line that moves no cursor, sets no title and forges no entry.
 *
 * @returns The text with each unsafe character spelled out: `\u{1b}`.
 */
export const escapeText = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** The same for JSON, where the spelling is JSON's own: what reads the line gets the text back as it was. */
export const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join(''),
  );

const unitEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

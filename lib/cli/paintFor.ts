import { styleText } from 'node:util';

export type Style = 'dim' | 'bold' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colours are for terminals; a file or a pipe gets the plain text. */
export const paintFor = (isTerminal: boolean): Paint =>
  isTerminal ? (style, text) => styleText(style, text) : (_, text) => text;

import * as t from 'io-ts';
import { maybe } from './maybe.js';
import type { MessagePart } from './MessagePart.js';
import { withoutNulls } from './withoutNulls.js';

/** A part of a message as it travels, where `null` stands for what is not there. */
export const WirePart = t.partial(
  {
    name: maybe(t.string),
    type: maybe(t.string),
    url: maybe(t.string),
    data: maybe(t.string),
    size: maybe(t.number),
  },
  'object',
);
export type WirePart = t.TypeOf<typeof WirePart>;

/** The parts themselves; copies only of those in which a known key is `null`, which then is dropped. */
export const messageParts = (parts: readonly WirePart[]): readonly MessagePart[] =>
  parts.every(isWithoutNulls) ? parts : parts.map((part) => withoutNulls(part, WirePart));

/** Key by key, as a frame is seldom without a part. */
const isWithoutNulls = (part: WirePart): part is MessagePart =>
  part.name !== null && part.type !== null && part.url !== null && part.data !== null && part.size !== null;

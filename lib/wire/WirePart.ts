import * as t from 'io-ts';
import type { Draft } from './Draft.js';
import { maybe } from './maybe.js';
import type { MessagePart } from './MessagePart.js';

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
  parts.every(isWithoutNulls) ? parts : parts.map(partOf);

const isWithoutNulls = (part: WirePart): part is MessagePart =>
  part.name !== null && part.type !== null && part.url !== null && part.data !== null && part.size !== null;

const partOf = (part: WirePart): MessagePart => {
  if (isWithoutNulls(part)) return part;
  const { name, type, url, data, size, ...unknownHere } = part;
  const copy: Draft<MessagePart> = unknownHere;
  if (typeof name === 'string') copy.name = name;
  if (typeof type === 'string') copy.type = type;
  if (typeof url === 'string') copy.url = url;
  if (typeof data === 'string') copy.data = data;
  if (typeof size === 'number') copy.size = size;
  return copy;
};

import { isJsonObject } from '../wire/JsonObject.js';
import type { MessagePart } from '../wire/MessagePart.js';
import { isSomething } from './sentFact.js';

interface Content {
  readonly parts?: readonly MessagePart[] | undefined;
  readonly metadata?: unknown;
}

/**
 * A text that is the same for two messages exactly when they say the same. No metadata and empty metadata are one;
 * sizes, which a server may fill in, do not count.
 *
 * @returns `undefined` for what cannot be written down.
 */
export const contentText = ({ parts = [], metadata }: Content): string | undefined => {
  try {
    const said = parts.map(({ name, type, url, data }) => [name, type, url, data]);
    return JSON.stringify([said, isSomething(metadata) ? metadata : undefined], sortedKeys);
  } catch {
    return undefined;
  }
};

const sortedKeys = (_key: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : Number(a > b))))
    : value;

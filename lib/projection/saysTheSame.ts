import { isJsonObject } from '../wire/JsonObject.js';

/** Whether two values say the same in JSON, in whatever order they name their keys. */
export const saysTheSame = (a: unknown, b: unknown): boolean => a === b || inOrder(a) === inOrder(b);

const inOrder = (value: unknown): string => JSON.stringify(value, sorted);

const sorted = (_key: string, value: unknown): unknown =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value;

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

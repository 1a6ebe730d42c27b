import type { Kind } from '../fault/checkKinds.js';
import { isJsonObject } from '../wire/JsonObject.js';

/** The same kind, of values that can travel: not those that hold themselves, or a BigInt. */
export const sendable = (kind: Kind): Kind => ({
  ...kind,
  name: `${kind.name}, which JSON can hold`,
  fits: (value) => kind.fits(value) && isJson(value),
});

/** A message that can be sent. */
export const NEW_MESSAGE: Kind = /* @__PURE__ */ sendable({
  name: 'a text, or an object with a list of parts',
  fits: (message) =>
    typeof message === 'string' ||
    (isJsonObject(message) && Array.isArray(message['parts']) && message['parts'].every(isJsonObject)),
});

const isJson = (value: unknown): boolean => {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
};

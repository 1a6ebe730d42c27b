import { either, type Kind, listOfKind, OBJECT, objectWith, required, STRING } from '../fault/checkKinds.js';

/** The same kind, of values that can travel: not those that hold themselves, or a BigInt. */
export const sendable = (kind: Kind): Kind => ({
  ...kind,
  name: `${kind.name}, which JSON can hold`,
  fits: (value) => kind.fits(value) && isJson(value),
});

const isJson = (value: unknown): boolean => {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
};

export const BODY = required(sendable(OBJECT));

/** A message that can be sent. */
export const NEW_MESSAGE = sendable(either(STRING, objectWith({ parts: required(listOfKind(OBJECT)) })));

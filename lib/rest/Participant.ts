import { listOfKind, NAME, objectWith, required, STRING } from '../fault/checkKinds.js';
import { Id } from '../wire/Id.js';
import { isJsonObject } from '../wire/JsonObject.js';

/** Somebody who takes part in a conversation. */
export interface Participant {
  /** Profile id. */
  readonly id: string;
  /** `'owner'` or `'participant'`; what the server says is passed on. */
  readonly role?: string;
}

/** Reads an item of the list of participants; `undefined` for one without an id. */
export const participant = (item: unknown): Participant | undefined => {
  if (!isJsonObject(item)) return undefined;
  const { id, role } = item;
  if (!Id.is(id)) return undefined;
  return { id, ...(typeof role === 'string' && { role }) };
};

/** Those who are to take part. */
export const PARTICIPANTS = listOfKind(objectWith({ id: required(NAME), role: STRING }));

import { checkKinds, IDS, type Kind, OBJECT, required } from '../fault/checkKinds.js';
import type { Rest } from '../rest/Rest.js';
import { isJsonObject } from '../wire/JsonObject.js';
import { NEW_MESSAGE, sendable } from './sendable.js';

/** What each argument of a request may be, by its name and in order. */
type Arguments = Readonly<Record<string, Kind>>;

/**
 * The same requests, which throw a `TypeError` or `RangeError` with a sentence, at the call, for arguments that can
 * only be a mistake: among them a body that JSON cannot hold.
 *
 * Ids and numbers are left to the requests themselves, which refuse what cannot be part of an address.
 */
export const checkedRest = (rest: Rest): Rest => {
  const checked = Object.entries(rest).map(([name, call]: [string, (...args: unknown[]) => unknown]) => {
    const kinds = Object.entries(ARGUMENTS[name] ?? {});
    return [
      name,
      (...args: unknown[]) => {
        kinds.forEach(([argument, kind], index) => {
          checkKinds({ [argument]: args[index] }, { [argument]: kind });
        });
        return call(...args);
      },
    ] as const;
  });
  // Each function stands under its own name, with the arguments that it had.
  return Object.fromEntries(checked) as unknown as Rest;
};

const anything: Kind = { name: 'anything', fits: () => true };

const isText = (value: unknown): boolean => typeof value === 'string';

const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);

const BODY = /* @__PURE__ */ required(/* @__PURE__ */ sendable(OBJECT));

const NEW_CONVERSATION: Kind = {
  name: 'an object with an id, its participants a list of objects, each with an id',
  fits: (value) =>
    isJsonObject(value) && (value['participants'] === undefined || PARTICIPANTS.fits(value['participants'])),
  isRequired: true,
};

const FROM: Kind = {
  name: 'an object with the id to begin from',
  fits: (value) => isJsonObject(value) && value['from'] !== undefined,
  isRequired: true,
};

/** An object in which these are texts, where they are there. */
const optionsOf = (...names: readonly string[]): Kind => ({
  name: `an object, its ${names.join(' and ')} a text`,
  fits: (value) => isJsonObject(value) && names.every((name) => isTextOrAbsent(value[name])),
});

const IF_MATCH = /* @__PURE__ */ optionsOf('etag');

const PARTICIPANTS: Kind = {
  name: 'a list of objects, each with an id',
  fits: (value) => Array.isArray(value) && value.every(isParticipant),
  isRequired: true,
};

const isParticipant = (value: unknown): boolean =>
  isJsonObject(value) && isText(value['id']) && value['id'] !== '' && isTextOrAbsent(value['role']);

const UPDATES: Kind = {
  name: 'a list of objects, each with messageIds and a status',
  fits: (value) => Array.isArray(value) && value.every(isUpdate),
  isRequired: true,
};

const isUpdate = (value: unknown): boolean =>
  isJsonObject(value) &&
  IDS.fits(value['messageIds']) &&
  (value['status'] === 'delivered' || value['status'] === 'read') &&
  isTextOrAbsent(value['timestamp']);

const CONTENT: Kind = {
  name: 'an object with data, a text or a Blob, a name and a type',
  fits: (value) =>
    isJsonObject(value) &&
    (isText(value['data']) || isBlob(value['data'])) &&
    isText(value['name']) &&
    isText(value['type']),
  isRequired: true,
};

/** By what it can do: it may come from another realm. */
const isBlob = (value: unknown): boolean => isJsonObject(value) && typeof value['arrayBuffer'] === 'function';

const ARGUMENTS: Readonly<Partial<Record<string, Arguments>>> = {
  listConversations: { options: /* @__PURE__ */ optionsOf('scope', 'profileId') },
  createConversation: { conversation: /* @__PURE__ */ sendable(NEW_CONVERSATION) },
  updateConversation: { conversationId: anything, changes: BODY, options: IF_MATCH },
  deleteConversation: { conversationId: anything, options: IF_MATCH },
  addParticipants: { conversationId: anything, participants: PARTICIPANTS },
  removeParticipants: { conversationId: anything, profileIds: /* @__PURE__ */ required(IDS) },
  sendMessage: { conversationId: anything, message: /* @__PURE__ */ required(NEW_MESSAGE) },
  updateStatuses: { conversationId: anything, updates: UPDATES },
  listMessages: { conversationId: anything, options: OBJECT },
  listEvents: { conversationId: anything, options: FROM },
  queryProfiles: { query: OBJECT },
  updateProfile: { profileId: anything, profile: BODY, options: IF_MATCH },
  patchProfile: { profileId: anything, changes: BODY, options: IF_MATCH },
  uploadContent: { content: CONTENT, options: /* @__PURE__ */ optionsOf('folder') },
  registerPush: { push: BODY },
} satisfies Partial<Record<keyof Rest, Arguments>>;

import * as E from '#fp-ts/Either';
import type { Draft } from './Draft.js';
import { isJsonObject, type JsonObject } from './JsonObject.js';
import { Position } from './Position.js';

/**
 * A page of messages, counted backwards from the newest event.
 *
 * Messages are shown with what happened to them; what happened in this range of ids to older messages is in
 * `orphanedEvents`. A page may be empty and still have older pages behind it.
 */
export interface MessagePage {
  /** The lowest id of the page; the page before it ends one below. */
  readonly earliestEventId?: number;
  readonly latestEventId?: number;
  readonly messages: readonly unknown[];
  readonly orphanedEvents: readonly unknown[];
}

/**
 * Decodes a page of messages; what a server leaves out of an empty one is empty.
 *
 * On the left is a sentence, when the body is no page at all. It never throws.
 */
export const decodeMessagePage = (body: unknown): E.Either<string, MessagePage> => {
  try {
    return isJsonObject(body) ? messagePage(body) : E.left('The page of messages is not an object.');
  } catch {
    return E.left('The page of messages cannot be read.');
  }
};

const messagePage = (body: JsonObject): E.Either<string, MessagePage> => {
  const { earliestEventId, latestEventId } = body;
  const messages: unknown = body['messages'] ?? [];
  const orphanedEvents: unknown = body['orphanedEvents'] ?? [];
  if (!Array.isArray(messages)) return E.left('The messages of the page are not an array.');
  if (!Array.isArray(orphanedEvents)) return E.left('The orphaned events of the page are not an array.');

  const page: Draft<MessagePage> = { messages, orphanedEvents };
  if (Position.is(earliestEventId)) page.earliestEventId = earliestEventId;
  if (Position.is(latestEventId)) page.latestEventId = latestEventId;
  return E.right(page);
};

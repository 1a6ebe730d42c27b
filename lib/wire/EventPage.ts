import * as E from '#fp-ts/Either';
import { canonicalNames, type EventAliases } from './canonicalNames.js';
import type { DecodeError } from './DecodeError.js';
import type { Draft } from './Draft.js';
import type { ConversationMessageEvent } from './event/conversationMessageEvent.js';
import { pageItems } from './pageItem.js';
import type { UnknownEvent } from './UnknownEvent.js';

/** A page of the log of one conversation. */
export interface EventPage {
  readonly events: readonly ConversationMessageEvent[];
  /** Items that have an id but no usable type here: their place in the log is taken all the same. */
  readonly others: readonly UnknownEvent[];
  /** The highest id of all items, typed or not: the next page begins after it. Absent when no item has one. */
  readonly highestId?: number;
}

/** A page, and what in it could not be understood. */
export interface DecodedEventPage {
  readonly page: EventPage;
  readonly skipped: readonly DecodeError[];
  /** How many of those are events without an id, which have no place in the log. */
  readonly placeless: number;
}

export interface EventPageDecoderOptions {
  /** Other words for the part of a name before the dot. Default: none. */
  readonly aliases?: EventAliases;
  /** Milliseconds since 1970. Called once per page. */
  readonly now: () => number;
}

/** Makes a `decodeEventPage` that knows aliases. */
export const eventPageDecoder = ({ aliases = {}, now }: EventPageDecoderOptions) => {
  const canonicalName = canonicalNames(aliases);

  return (body: unknown, conversationId: string): E.Either<string, DecodedEventPage> => {
    const events: ConversationMessageEvent[] = [];
    const others: UnknownEvent[] = [];
    const skipped: DecodeError[] = [];
    const page: Draft<EventPage> = { events, others };
    const read = pageItems({ conversationId, canonicalName, receivedAt: now() });

    const items = itemsOf(body);
    if (E.isLeft(items)) return items;
    let placeless = 0;
    for (const { position, event, other, error, isPlaceless } of items.right.map(read)) {
      if (isPlaceless) placeless += 1;
      if (event) events.push(event);
      if (other) others.push(other);
      if (error) skipped.push(error);
      if (position !== undefined) page.highestId = Math.max(position, page.highestId ?? position);
    }
    return E.right({ page, skipped, placeless });
  };
};

/**
 * Decodes a page of events of one conversation, item by item: a bad one costs no other its place.
 *
 * An item with an id that has no type here, or whose payload is unusable, is among `others`, so its place counts
 * as settled; an unusable one is reported in `skipped` too. An item without an id, and one of another conversation,
 * is only reported. On the left is a sentence, when the body is no page at all. It never throws.
 */
export const decodeEventPage = (
  body: unknown,
  conversationId: string,
  now: () => number,
): E.Either<string, DecodedEventPage> => eventPageDecoder({ now })(body, conversationId);

/** Copying also meets whatever an array that is not one has in store. */
const itemsOf = (body: unknown): E.Either<string, readonly unknown[]> => {
  const notAPage = 'The page of events is not an array.';
  try {
    if (!Array.isArray(body)) return E.left(notAPage);
    const items: readonly unknown[] = body;
    return E.right([...items]);
  } catch {
    return E.left(notAPage);
  }
};

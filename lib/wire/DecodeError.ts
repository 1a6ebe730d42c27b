import type { Draft } from './Draft.js';
import type { EventMeta } from './EventMeta.js';

/** A frame, or an item of a page, that could not be understood. It is a value: the next one may be fine. */
export interface DecodeError {
  readonly kind: 'not-text' | 'too-big' | 'not-json' | 'not-an-envelope' | 'invalid-payload';
  /** The name as it travelled, where it could be read. */
  readonly wireName?: string;
  /** For `'invalid-payload'`: at most ten places with the expected type, never a value. */
  readonly errors: readonly string[];
  /** What came, as it came. A function, so that logging the error does not log what people wrote. */
  raw(): unknown;
  readonly meta: Omit<EventMeta, 'wireName'>;
}

export interface DecodeErrorParts {
  readonly kind: DecodeError['kind'];
  readonly raw: unknown;
  readonly receivedAt: number;
}

/** The error of what has no envelope that could be opened. */
export const unreadable = ({ kind, raw, receivedAt }: DecodeErrorParts): DecodeError => ({
  kind,
  errors: [],
  raw: () => raw,
  meta: { receivedAt },
});

export interface InvalidPayloadParts {
  readonly raw: unknown;
  readonly meta: EventMeta;
  readonly misfits: () => readonly string[];
}

/** The error of an envelope whose contents do not fit. What is wrong is worked out when `errors` is first read. */
export const invalidPayload = ({ raw, meta, misfits }: InvalidPayloadParts): DecodeError => {
  const error = { kind: 'invalid-payload', wireName: meta.wireName, raw: () => raw, meta: nameless(meta) };
  Object.defineProperty(error, UNREAD, { value: { misfits } satisfies Unread });
  // The descriptor adds the one field that is missing.
  return Object.defineProperty(error, 'errors', READ_LATER) as DecodeError;
};

export interface InvalidPayloadParts {
  readonly raw: unknown;
  readonly meta: EventMeta;
  readonly misfits: () => readonly string[];
}

/** How to find out what is wrong, and then what it was. */
interface Unread {
  readonly misfits: () => readonly string[];
  errors?: readonly string[];
}

const UNREAD = Symbol('unread');

/**
 * One getter for all errors, hence `this`. If each had a getter of its own, an engine would give each a layout of
 * its own too, and a bad frame would cost half its parsing more.
 */
const READ_LATER = {
  enumerable: true,
  get(this: { readonly [UNREAD]: Unread }): readonly string[] {
    const unread = this[UNREAD];
    return (unread.errors ??= unread.misfits());
  },
};

const nameless = ({ receivedAt, publishedOn, eventId }: EventMeta): DecodeError['meta'] => {
  const meta: Draft<DecodeError['meta']> = { receivedAt };
  if (publishedOn !== undefined) meta.publishedOn = publishedOn;
  if (eventId !== undefined) meta.eventId = eventId;
  return meta;
};

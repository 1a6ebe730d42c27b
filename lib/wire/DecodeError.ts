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
export const invalidPayload = (parts: InvalidPayloadParts): DecodeError => new InvalidPayload(parts);

/**
 * A class for its private field: what is kept there, no comparison, copy or log of the error meets, and it costs
 * nothing, where a `WeakMap` or a hidden property would each take a tenth of what the frame took to parse.
 */
class InvalidPayload implements DecodeError {
  readonly kind = 'invalid-payload';
  readonly wireName: string;
  declare readonly errors: readonly string[];
  readonly raw: () => unknown;
  readonly meta: DecodeError['meta'];
  /** How to find out what is wrong, and then what it was. */
  #misfits: (() => readonly string[]) | readonly string[];

  /**
   * One getter for all errors, though each has it of its own, as it has its other fields: with different ones, an
   * engine would give each error a layout of its own.
   */
  static readonly #READ_LATER = {
    enumerable: true,
    get(this: InvalidPayload): readonly string[] {
      const misfits = this.#misfits;
      return typeof misfits === 'function' ? (this.#misfits = misfits()) : misfits;
    },
  };

  constructor({ raw, meta, misfits }: InvalidPayloadParts) {
    this.wireName = meta.wireName;
    this.raw = () => raw;
    this.meta = nameless(meta);
    this.#misfits = misfits;
    Object.defineProperty(this, 'errors', InvalidPayload.#READ_LATER);
  }
}

const nameless = ({ receivedAt, publishedOn, eventId }: EventMeta): DecodeError['meta'] => {
  const meta: Draft<DecodeError['meta']> = { receivedAt };
  if (publishedOn !== undefined) meta.publishedOn = publishedOn;
  if (eventId !== undefined) meta.eventId = eventId;
  return meta;
};

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
export const invalidPayload = ({
  raw,
  meta: { wireName, ...meta },
  misfits,
}: InvalidPayloadParts): DecodeError => {
  let errors: readonly string[] | undefined;

  return {
    kind: 'invalid-payload',
    wireName,
    get errors() {
      return (errors ??= misfits());
    },
    raw: () => raw,
    meta,
  };
};

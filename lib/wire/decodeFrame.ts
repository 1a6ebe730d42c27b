import * as E from '#fp-ts/Either';
import { canonicalNames, type EventAliases } from './canonicalNames.js';
import type { ComapiEvent } from './ComapiEvent.js';
import { decodeEnvelope } from './decodeEnvelope.js';
import { invalidPayload, unreadable, type DecodeError } from './DecodeError.js';
import { openEnvelope } from './Envelope.js';
import { isJsonObject } from './JsonObject.js';
import { textOf } from './textOf.js';
import type { UnknownEvent } from './UnknownEvent.js';

export interface FrameDecoderOptions {
  /** Other words for the part of a name before the dot. Default: none. */
  readonly aliases?: EventAliases;
  /** A longer frame is not parsed, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** Milliseconds since 1970. Called once per frame. */
  readonly now: () => number;
}

export type FrameDecoder = (raw: unknown) => E.Either<DecodeError, ComapiEvent | UnknownEvent>;

/**
 * Makes a `decodeFrame` with other limits, names or another clock.
 *
 * @see decodeFrame, which is this with the defaults and `Date.now`.
 */
export const frameDecoder = ({
  aliases = {},
  maxBytes = 1_048_576,
  now,
}: FrameDecoderOptions): FrameDecoder => {
  const canonicalName = canonicalNames(aliases);

  return (raw) => {
    const receivedAt = now();
    const text = textOf(raw, maxBytes);
    if (E.isLeft(text)) return E.left(unreadable({ kind: text.left, raw, receivedAt }));

    const json = parsed(text.right);
    if (E.isLeft(json)) return E.left(unreadable({ kind: 'not-json', raw, receivedAt }));

    const frame = json.right;
    if (!isJsonObject(frame) || typeof frame['name'] !== 'string') {
      return E.left(unreadable({ kind: 'not-an-envelope', raw, receivedAt }));
    }

    const wireName = frame['name'];
    const envelope = openEnvelope(frame, { wireName, name: canonicalName(wireName), receivedAt });
    const event = decodeEnvelope(envelope);
    return E.isLeft(event)
      ? E.left(invalidPayload({ raw, meta: envelope.meta, misfits: event.left }))
      : event;
  };
};

/** Besides bad syntax this catches the `RangeError` of engines that cannot nest as deeply as the text does. */
const parsed = (text: string): E.Either<undefined, unknown> => {
  try {
    return E.right(JSON.parse(text));
  } catch {
    return E.left(undefined);
  }
};

/**
 * Decodes one frame of the socket: a string, or UTF-8 in a Buffer, an ArrayBuffer or any view of one.
 *
 * It never throws, whatever it is given. On the right is an event, or for a name without a type in this library an
 * `UnknownEvent` with the whole frame. On the left is what cannot be decoded: a known name with an invalid payload, or
 * something that is not an envelope. The limit of 1 MiB and aliases of names are options of a client
 * (`maxMessageBytes`, `eventAliases`).
 *
 * @example
 * ```ts
 * import { isRight } from 'fp-ts/lib/Either.js';
 * import { decodeFrame } from 'comapi-rx';
 *
 * const deleted = decodeFrame('{"name":"conversation.delete","conversationId":"garden"}');
 * const garbled = decodeFrame('{"name":');
 *
 * assert(isRight(deleted) && 'type' in deleted.right);
 * assert.deepEqual(deleted.right.payload, { conversationId: 'garden' });
 * assert(!isRight(garbled));
 * assert.equal(garbled.left.kind, 'not-json');
 * ```
 */
export const decodeFrame: FrameDecoder = /* @__PURE__ */ frameDecoder({ now: () => Date.now() });

import * as E from '#fp-ts/Either';
import { pipe } from '#fp-ts/function';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import { frameDecoder, type FrameDecoderOptions } from '../../lib/wire/decodeFrame.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';

/** When every frame of these specs comes. */
export const noon = Date.UTC(2026, 0, 5, 12);

/** Decodes a frame that came at noon. */
export const decoded = (frame: unknown, options?: Partial<FrameDecoderOptions>) =>
  frameDecoder({ now: () => noon, ...options })(typeof frame === 'string' ? frame : JSON.stringify(frame));

/** The event alone, or what is wrong with the frame. */
export const payloadOf = (frame: unknown): unknown =>
  pipe(
    decoded(frame),
    E.matchW(
      ({ kind, wireName, errors }) => ({ kind, wireName, errors }),
      (event: ComapiEvent | UnknownEvent) => ('type' in event ? event.payload : event),
    ),
  );

/** What `payloadOf` says of a known name whose payload does not fit. */
export const invalid = (wireName: string, ...errors: readonly string[]) => ({
  kind: 'invalid-payload',
  wireName,
  errors,
});

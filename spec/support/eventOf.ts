import * as E from '#fp-ts/Either';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import { decodeFrame } from '../../lib/wire/decodeFrame.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';

/** What a frame decodes to; throws when that is an error. */
export const anyEventOf = (frame: object): ComapiEvent | UnknownEvent => {
  const event = decodeFrame(JSON.stringify(frame));
  if (E.isLeft(event)) throw new Error(`The frame cannot be decoded: ${event.left.errors.join()}`);
  return event.right;
};

/** A frame that has a type here. */
export const eventOf = (frame: object): ComapiEvent => {
  const event = anyEventOf(frame);
  if (!('type' in event)) throw new Error('The frame has no type here.');
  return event;
};

/** So many seconds after 1970 began, as it travels. */
export const at = (second: number): string => new Date(second * 1_000).toISOString();

/** The event of a frame that the server dates. */
export const dated = (frame: object, second: number): ComapiEvent =>
  eventOf({ ...frame, publishedOn: at(second) });

import * as t from 'io-ts';

/** One part of a message: text in `data`, or a file behind `url`. */
export interface MessagePart {
  readonly name?: string;
  /** A media type, such as `text/plain`. */
  readonly type?: string;
  readonly url?: string;
  readonly data?: string;
  /** Length in bytes. */
  readonly size?: number;
}

/** Keys that are not named here pass through. */
export const MessagePart: t.Type<MessagePart> = t.partial(
  { name: t.string, type: t.string, url: t.string, data: t.string, size: t.number },
  'MessagePart',
);

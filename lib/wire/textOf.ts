import * as E from '#fp-ts/Either';

/** `ignoreBOM` keeps a byte order mark, as a text frame does: bytes and text mean the same or nothing. */
const utf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads what a socket handed over as text: a string, or bytes that are valid UTF-8.
 *
 * The size is measured before anything is decoded. A Blob cannot be read in order and is `'not-text'`, like
 * everything else. It never throws, not even at an object made to do so.
 *
 * @param maxBytes Length in UTF-8 that is still read.
 */
export const textOf = (raw: unknown, maxBytes: number): E.Either<'not-text' | 'too-big', string> => {
  if (typeof raw === 'string') return isLonger(raw, maxBytes) ? E.left('too-big') : E.right(raw);

  try {
    const bytes = bytesOf(raw);
    if (bytes === undefined) return E.left('not-text');
    return bytes.byteLength > maxBytes ? E.left('too-big') : E.right(utf8.decode(bytes));
  } catch {
    return E.left('not-text');
  }
};

/** One UTF-16 unit takes one to three bytes, so only texts near the limit have to be counted. */
const isLonger = (text: string, maxBytes: number): boolean =>
  text.length > maxBytes ||
  (text.length * 3 > maxBytes && new TextEncoder().encode(text).byteLength > maxBytes);

const bytesOf = (raw: unknown): ArrayBufferView | undefined => {
  // A new view throws at a buffer that is gone, where an old one only looks empty, and at what is no buffer.
  if (ArrayBuffer.isView(raw)) return new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return isArrayBuffer(raw) ? new DataView(raw) : undefined;
};

/** `instanceof` knows only the buffers of its own realm. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]';

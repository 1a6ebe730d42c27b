import type { IncomingMessage } from 'node:http';
import { isRight } from '#fp-ts/Either';
import type { Errors, Type } from 'io-ts';
import { Refusal } from '../Refusal.js';

/** A file of some megabytes has to fit, in base64 too. */
const maxBodyBytes = 16 * 1_024 * 1_024;
/** Deeper than any message; a journal could not be written much deeper than a thousand. */
const maxDepth = 64;

/** Reads a body, and refuses one that is longer than 16 MiB while it is still coming in. */
export const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  // The stream stays whole when reading stops half way: it still has to carry the answer.
  const pieces: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const bytes of pieces) {
    length += bytes.length;
    if (length > maxBodyBytes) throw new Refusal(413, 'The body is too long.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

/** Reads JSON of a shape, or refuses it with the paths that do not fit and without their values. */
export const decodeJson = <A>(bytes: Buffer, shape: Type<A, unknown>): A => {
  const value = parsed(bytes);
  if (isTooDeep(value)) throw new Refusal(400, 'The body is nested too deeply.');
  const decoded = shape.decode(value);
  if (isRight(decoded)) return decoded.right;
  throw new Refusal(400, `The body does not fit at: ${pathsOf(decoded.left).join(', ')}.`);
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
};

const isTooDeep = (value: unknown): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    level = level.flatMap(childrenOf);
  }
  return false;
};

const childrenOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const pathsOf = (errors: Errors): readonly string[] => [
  ...new Set(
    errors.slice(0, 10).map(({ context }) => context.map(({ key }) => key).join('.') || '(all of it)'),
  ),
];

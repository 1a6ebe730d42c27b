/**
 * Writes any name as one token of a subject, so that different names are different tokens.
 *
 * A subject cannot hold a name as it is: `.` parts tokens, `*` and `>` are stored as they are and later read as
 * wildcards, and a blank ends the subject. Letters, digits and `-` stay; any other UTF-16 unit becomes `_` and four
 * hexadecimal digits, half a surrogate pair included. A token beyond 128 characters would come near the longest line
 * a server reads; it becomes `_h` and the SHA-256 of the token it would have been.
 *
 * @example
 * ```ts
 * import { subjectToken } from 'lib/worker/jetstream/subjectToken';
 *
 * assert.equal(await subjectToken('a1b2-c3'), 'a1b2-c3');
 * assert.equal(await subjectToken('a.b > c'), 'a_002eb_0020_003e_0020c');
 * assert.equal((await subjectToken('x'.repeat(5_000))).length, 66);
 * ```
 *
 * @param name Any string but the empty one, for which there is no token.
 */
export const subjectToken = async (name: string): Promise<string> => {
  if (name === '') throw new TypeError('An empty name has no place in the log.');
  const token = name.replaceAll(/[^A-Za-z0-9-]/g, escapeUnit);
  return token.length <= MAX_TOKEN_CHARS ? token : `_h${await sha256(token)}`;
};

const MAX_TOKEN_CHARS = 128;

/** Without the flag `u` a match is one UTF-16 unit: what is no valid Unicode keeps its own token too. */
const escapeUnit = (unit: string): string => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const sha256 = async (ascii: string): Promise<string> => {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ascii));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

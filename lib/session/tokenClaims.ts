import { isJsonObject } from '../wire/JsonObject.js';

/** What a token says about itself, each claim only where it has the right type. */
export interface TokenClaims {
  /** Profile id. */
  readonly sub?: string;
  /** Issued at, in seconds since 1970. */
  readonly iat?: number;
  /** Expires at, in seconds since 1970. */
  readonly exp?: number;
  readonly apiSpaceId?: string;
}

/**
 * Reads the claims of a JWT without checking its signature: that is the server's task.
 *
 * Total: what is no JWT has no claims, and no token, however hostile, makes it throw. The payload is base64url
 * (`-` and `_`, no padding) and UTF-8, which a plain `atob` gets wrong.
 *
 * @example
 * ```ts
 * import { tokenClaims } from 'lib/session/tokenClaims';
 *
 * assert.deepEqual(tokenClaims('e30.eyJzdWIiOiJ6b8OrIn0.sig'), { sub: 'zoë' });
 * assert.deepEqual(tokenClaims('opaque'), {});
 * ```
 */
export const tokenClaims = (token: string): TokenClaims => {
  const { sub, iat, exp, apiSpaceId } = payloadOf(token);
  return {
    ...(typeof sub === 'string' && sub !== '' && { sub }),
    ...(isTime(iat) && { iat }),
    ...(isTime(exp) && { exp }),
    ...(typeof apiSpaceId === 'string' && { apiSpaceId }),
  };
};

interface Payload {
  readonly sub?: unknown;
  readonly iat?: unknown;
  readonly exp?: unknown;
  readonly apiSpaceId?: unknown;
}

const payloadOf = (token: string): Payload => {
  try {
    const base64 = (token.split('.', 2)[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const payload: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(payload) ? payload : {};
  } catch {
    return {};
  }
};

/** Seconds that still are a date. */
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 8.64e12;

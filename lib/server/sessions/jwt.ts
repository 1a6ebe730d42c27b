import { createHmac, timingSafeEqual } from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/** Makes a JWT signed with HS256. */
export const signJwt = (claims: Claims, secret: string): string => {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${signature(content, secret)}`;
};

/**
 * Reads the claims of a JWT, or nothing when it is not one, not HS256, not signed with this secret, or expired.
 *
 * Which of these it was is not told: a caller needs no more, and an attacker should get no less.
 */
export const readJwt = (token: string, { secret, now }: ReadJwtOptions): Claims | undefined => {
  const [header, payload, given, ...more] = token.split('.');
  if (header === undefined || payload === undefined || given === undefined || more.length > 0)
    return undefined;
  if (decode(header)?.['alg'] !== 'HS256') return undefined;
  if (!isSame(given, signature(`${header}.${payload}`, secret))) return undefined;
  const claims = decode(payload);
  const expiry = claims?.['exp'];
  return typeof expiry === 'number' && expiry * 1_000 > now ? claims : undefined;
};

export interface ReadJwtOptions {
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (segment: string): Claims | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
};

const signature = (content: string, secret: string): string =>
  createHmac('sha256', secret).update(content).digest('base64url');

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

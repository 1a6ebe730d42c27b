import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readJwt, signJwt } from '../../../lib/server/sessions/jwt.js';

const now = 1_700_000_000_000;
const exp = now / 1_000 + 60;
const secret = 'a secret';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Signs whatever header it is given, as an attacker with no secret, or with another one, would like to. */
const forged = (header: unknown, claims: unknown, key = ''): string => {
  const content = `${base64(header)}.${base64(claims)}`;
  return `${content}.${key && createHmac('sha256', key).update(content).digest('base64url')}`;
};

describe('jwt', () => {
  it('reads the claims that it signed', () => {
    const claims = { sub: 'DOMAIN\\ann@host', exp };

    expect(readJwt(signJwt(claims, secret), { secret, now })).toEqual(claims);
  });

  it('is what everybody else calls HS256', () => {
    const token = signJwt({ exp }, secret);

    expect(token).toBe(forged({ alg: 'HS256', typ: 'JWT' }, { exp }, secret));
  });

  it.each([
    ['another secret', forged({ alg: 'HS256' }, { exp }, 'other')],
    ['alg none', forged({ alg: 'none' }, { exp })],
    ['alg none, signed all the same', forged({ alg: 'none' }, { exp }, secret)],
    ['another algorithm', forged({ alg: 'HS512' }, { exp }, secret)],
    ['an end that has come', forged({ alg: 'HS256' }, { exp: now / 1_000 }, secret)],
    ['no end', forged({ alg: 'HS256' }, {}, secret)],
    ['an end that is text', forged({ alg: 'HS256' }, { exp: String(exp) }, secret)],
    ['claims that are no object', forged({ alg: 'HS256' }, null, secret)],
    ['two segments', 'a.b'],
    ['four segments', `${signJwt({ exp }, secret)}.d`],
    ['no JSON', '!.!.!'],
    ['nothing', ''],
  ])('refuses a token with %s', (_, token) => {
    expect(readJwt(token, { secret, now })).toBeUndefined();
  });
});

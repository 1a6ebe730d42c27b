import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenClaims } from '../../lib/session/tokenClaims.js';
import { jwt } from './jwt.js';

describe('tokenClaims', () => {
  it('reads the claims that a client needs, and no other', () => {
    const claims = { sub: 'me', iat: 1, exp: 2.5, apiSpaceId: 'space' };

    expect(tokenClaims(jwt({ ...claims, permissions: ['all'] }))).toEqual(claims);
  });

  it('reads base64url and UTF-8, where the vendor SDK fails (weakness 22)', () => {
    const payload = jwt({ sub: 'zoë 🦜 ???>>>', exp: 7 });

    expect(payload).toMatch(/[-_]/);
    expect(tokenClaims(payload)).toEqual({ sub: 'zoë 🦜 ???>>>', exp: 7 });
  });

  it.each([
    ['a time that is text', { exp: '12', iat: null }],
    ['a time before 1970', { exp: -1 }],
    ['a time beyond all dates', { exp: 1e300 }],
    ['an empty profile id', { sub: '' }],
    ['a profile id that is no text', { sub: { toString: 'me' } }],
  ])('leaves out %s', (_, claims) => {
    expect(tokenClaims(jwt(claims))).toEqual({});
  });

  it.each(['', '.', '..', 'a.b.c', 'a.ö.c', 'a.bnVsbA.c', 'a.W10.c', 'opaque', 'a.e30', 'a.e30.c.d.e'])(
    'finds nothing in %j',
    (token) => {
      expect(tokenClaims(token)).toEqual({});
    },
  );

  it('reads back whatever profile id was put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), (sub, exp) => {
        expect(tokenClaims(jwt({ sub, exp }))).toEqual({ sub, exp });
      }),
    );
  });

  it('never throws, whatever the token is', () => {
    const text = fc.string({ unit: 'binary' });
    const payload = fc.json().map((json) => `x.${Buffer.from(json).toString('base64url')}.y`);
    const bytes = fc.uint8Array().map((array) => `x.${Buffer.from(array).toString('base64url')}.y`);
    fc.assert(
      fc.property(fc.oneof(text, payload, bytes), (token) => {
        expect(() => tokenClaims(token)).not.toThrow();
      }),
    );
  });

  it('does not take claims from a polluted prototype', () => {
    expect(tokenClaims('a.eyJfX3Byb3RvX18iOnsic3ViIjoiZXZpbCJ9fQ.c')).toEqual({});
  });
});

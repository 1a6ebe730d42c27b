import { describe, expect, it } from '@jest/globals';
import { lifetime } from '../../lib/session/lifetime.js';

const minutes = 60_000;
const middle = (): number => 0.5;

describe('lifetime', () => {
  it('counts from the Date of the answer, whatever the local clock says', () => {
    const life = { servedAt: 100 * minutes, issuedAt: 99 * minutes, expiresOn: 110 * minutes };

    expect(lifetime({ ...life, receivedAt: 5_000 * minutes, random: middle })).toEqual({
      renewAt: 5_008 * minutes,
      expiresAt: 5_010 * minutes,
    });
  });

  it('counts from iat where the Date cannot be read', () => {
    const life = { receivedAt: 0, issuedAt: 100 * minutes, expiresOn: 110 * minutes, random: middle };

    expect(lifetime(life)).toEqual({ renewAt: 8 * minutes, expiresAt: 10 * minutes });
  });

  it('takes the clocks for one where nothing else is known', () => {
    const life = { receivedAt: 100 * minutes, expiresOn: 110 * minutes, random: middle };

    expect(lifetime(life)).toEqual({ renewAt: 108 * minutes, expiresAt: 110 * minutes });
  });

  it('spreads renewals from 75 to 85 % of the life', () => {
    const life = { receivedAt: 0, expiresOn: 100 };

    expect(lifetime({ ...life, random: () => 0 }).renewAt).toBe(75);
    expect(lifetime({ ...life, random: () => 1 }).renewAt).toBe(85);
  });

  it('says nothing without an expiry, nor about a token that is over before it begins', () => {
    expect(lifetime({ receivedAt: 0, servedAt: 5, random: middle })).toEqual({});
    expect(lifetime({ receivedAt: 0, servedAt: 5, expiresOn: 5, random: middle })).toEqual({});
    expect(lifetime({ receivedAt: 0, expiresOn: NaN, random: middle })).toEqual({});
  });
});

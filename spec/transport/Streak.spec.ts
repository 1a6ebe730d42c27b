import { describe, expect, it } from '@jest/globals';
import type { Failure } from '../../lib/transport/Failure.js';
import { countedIn, noStreak, spokenIn } from '../../lib/transport/Streak.js';
import { failed } from './failed.js';

const streakAfter = (...failures: readonly Failure[]) =>
  failures.reduce((streak, failure) => countedIn(streak, failure, failure.uptimeMs >= 5_000), noStreak);

const unauthorized = failed({ closeCode: 4401 });
const refused = failed({ closeCode: 4404 });

describe('countedIn', () => {
  it('counts the same complaint in whatever form it comes', () => {
    expect(streakAfter(unauthorized, failed({ kind: 'handshake', status: 401 }))).toEqual({
      complaint: 'unauthorized',
      length: 2,
    });
  });

  it('begins anew with another complaint', () => {
    expect(streakAfter(unauthorized, failed({ closeCode: 1002 }))).toEqual({
      complaint: 'protocol',
      length: 1,
    });
  });

  it.each(['network', 'token', 'connect-timeout', 'constructor', 'handshake', 'silent'] as const)(
    'stands when the server had no say: %s',
    (kind) => {
      expect(streakAfter(unauthorized, failed({ kind }), unauthorized).length).toBe(2);
    },
  );

  it.each([failed({ closeCode: 1006 }), failed({ kind: 'handshake', status: 500 })])(
    'ends with an answer that is no complaint: %j',
    (answer) => {
      expect(streakAfter(unauthorized, answer)).toEqual(noStreak);
    },
  );

  it('ends with a stable line', () => {
    expect(streakAfter(unauthorized, failed({ kind: 'silent', uptimeMs: 5_000 }))).toEqual(noStreak);
    expect(streakAfter(unauthorized, { ...unauthorized, uptimeMs: 5_000 }).length).toBe(1);
    expect(streakAfter(refused, { ...refused, uptimeMs: 4_999 }).length).toBe(2);
  });

  it('ends with a line that was up for a second, where it was about the token', () => {
    expect(streakAfter(unauthorized, { ...unauthorized, uptimeMs: 999 }).length).toBe(2);
    expect(streakAfter(unauthorized, { ...unauthorized, uptimeMs: 1_000 }).length).toBe(1);
    expect(streakAfter(unauthorized, failed({ kind: 'silent', uptimeMs: 1_000 }))).toEqual(noStreak);
  });
});

describe('spokenIn', () => {
  it('ends what was about the token: the server has accepted it', () => {
    expect(spokenIn(streakAfter(unauthorized))).toEqual(noStreak);
  });

  it('leaves any other complaint as it is', () => {
    const streak = streakAfter(refused);

    expect(spokenIn(streak)).toBe(streak);
  });
});

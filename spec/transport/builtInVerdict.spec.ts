import { describe, expect, it } from '@jest/globals';
import { builtInVerdict } from '../../lib/transport/builtInVerdict.js';
import type { Failure } from '../../lib/transport/Failure.js';
import { countedIn, noStreak } from '../../lib/transport/Streak.js';
import type { Verdict } from '../../lib/transport/Verdict.js';
import { failed } from './failed.js';

/** The verdicts on the same failure, time after time. */
const verdictsOn = (failure: Failure, times: number): readonly Verdict[] => {
  let streak = noStreak;
  return Array.from({ length: times }, () => {
    streak = countedIn(streak, failure, false);
    return builtInVerdict(failure, streak);
  });
};

const retry = { action: 'retry' };
const renew = { action: 'renew-session' };

describe('builtInVerdict', () => {
  it.each([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 3000, 4000, 4999])(
    'tries again after a close with %d, for ever',
    (closeCode) => {
      expect(verdictsOn(failed({ closeCode }), 50)).toEqual(Array(50).fill(retry));
    },
  );

  it.each(['handshake', 'token', 'connect-timeout', 'silent', 'network', 'constructor'] as const)(
    'tries again after %s, for ever',
    (kind) => {
      expect(verdictsOn(failed({ kind }), 50)).toEqual(Array(50).fill(retry));
    },
  );

  it.each([failed({ closeCode: 1008 }), failed({ closeCode: 4401 }), failed({ closeCode: 4403 })])(
    'renews the session once: %j',
    (failure) => {
      expect(verdictsOn(failure, 2)).toEqual([renew, { action: 'stop', code: 'unauthorized' }]);
    },
  );

  it.each([401, 403])('renews the session once after a handshake answered with %d', (status) => {
    expect(verdictsOn(failed({ kind: 'handshake', status }), 2)).toEqual([
      renew,
      { action: 'stop', code: 'unauthorized' },
    ]);
  });

  it.each([1002, 1003, 1007, 1009, 1010])('gives up at the third close with %d in a row', (closeCode) => {
    expect(verdictsOn(failed({ closeCode }), 3)).toEqual([
      retry,
      retry,
      { action: 'stop', code: 'protocol' },
    ]);
  });

  it.each([4400, 4404, 4406])('gives up at the third close with %d in a row, as refused', (closeCode) => {
    expect(verdictsOn(failed({ closeCode }), 3)).toEqual([retry, retry, { action: 'stop', code: 'refused' }]);
  });

  it.each([400, 404, 426])('gives up at the third handshake answered with %d', (status) => {
    expect(verdictsOn(failed({ kind: 'handshake', status }), 3)).toEqual([
      retry,
      retry,
      { action: 'stop', code: 'refused' },
    ]);
  });

  it.each([failed({ closeCode: 4429 }), failed({ kind: 'handshake', status: 429 }), failed({ status: 503 })])(
    'gives an overloaded server five seconds, or what it asks for: %j',
    (failure) => {
      expect(verdictsOn(failure, 10)).toEqual(Array(10).fill({ action: 'retry', afterMs: 5_000 }));
      expect(verdictsOn({ ...failure, retryAfterMs: 60_000 }, 1)).toEqual([
        { action: 'retry', afterMs: 60_000 },
      ]);
      expect(verdictsOn({ ...failure, retryAfterMs: 0 }, 1)).toEqual([{ action: 'retry', afterMs: 0 }]);
    },
  );

  it('waits as long as any other answer asks for', () => {
    expect(verdictsOn(failed({ kind: 'handshake', status: 500, retryAfterMs: 7_000 }), 1)).toEqual([
      { action: 'retry', afterMs: 7_000 },
    ]);
  });
});

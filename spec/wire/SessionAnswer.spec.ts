import { describe, expect, it } from '@jest/globals';
import { SessionAnswer } from '../../lib/wire/SessionAnswer.js';
import { obeysCodecContract } from './codecContract.js';

const session = { id: 'session-1', profileId: 'ann' };

describe('SessionAnswer', () => {
  obeysCodecContract(SessionAnswer, {
    good: [
      { token: 'token', session },
      { token: 'token', session: { ...session, expiresOn: '2026-01-05T12:10:00.000Z' } },
      { token: 'token', session: { ...session, expiresOn: null } },
    ],
    bad: [
      [{ session }, ['token: expected non-empty string']],
      [{ token: '', session }, ['token: expected non-empty string']],
      [{ token: 'token', session: { id: 'session-1' } }, ['session.profileId: expected non-empty string']],
      [{ token: 'token', session: { ...session, expiresOn: 5 } }, ['session.expiresOn: expected string']],
    ],
  });

  it('ignores what else the answer says', () => {
    const answer = { token: 'token', session: { ...session, sourceIp: '127.0.0.1' }, more: true };

    expect(SessionAnswer.is(answer)).toBe(true);
  });
});

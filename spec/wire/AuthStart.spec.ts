import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { AuthStart } from '../../lib/wire/AuthStart.js';
import { obeysCodecContract } from './codecContract.js';

describe('AuthStart', () => {
  obeysCodecContract(AuthStart, {
    good: [{ authenticationId: 'a-1', nonce: 'n-1' }],
    bad: [
      [{ authenticationId: 'a-1' }, ['nonce: expected non-empty string']],
      [
        { authenticationId: '', nonce: 5 },
        ['authenticationId: expected non-empty string', 'nonce: expected non-empty string'],
      ],
      ['OK', ['(root): expected AuthStart']],
    ],
  });

  it('ignores what else the answer says', () => {
    const answer = { authenticationId: 'a-1', nonce: 'n-1', provider: 'jsonWebToken', expiresOn: 'soon' };

    expect(AuthStart.is(answer)).toBe(true);
  });

  it('has the type of its codec', () => {
    expectTypeOf<AuthStart>().toEqualTypeOf<{ readonly authenticationId: string; readonly nonce: string }>();
  });
});

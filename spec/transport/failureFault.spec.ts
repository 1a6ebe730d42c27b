import { describe, expect, it } from '@jest/globals';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { failureFault, faultAs } from '../../lib/transport/failureFault.js';
import { failed } from './failed.js';

describe('failureFault', () => {
  it.each([
    [failed({ closeCode: 1006 }), 'network', 'The line was closed with code 1006.'],
    [failed({}), 'network', 'The line was lost.'],
    [
      failed({ closeCode: 4401 }),
      'unauthorized',
      'The line was closed with code 4401. The server does not accept the token.',
    ],
    [failed({ closeCode: 1002 }), 'protocol', 'The line was closed with code 1002.'],
    [failed({ closeCode: 4429 }), 'rate-limited', 'The line was closed with code 4429.'],
    [failed({ kind: 'handshake' }), 'network', 'The line did not open.'],
    [failed({ kind: 'handshake', status: 404 }), 'refused', 'The server answered the handshake with 404.'],
    [
      failed({ kind: 'handshake', status: 429 }),
      'rate-limited',
      'The server answered the handshake with 429.',
    ],
    [failed({ kind: 'handshake', status: 503 }), 'http', 'The server answered the handshake with 503.'],
    [failed({ kind: 'handshake', status: 302 }), 'http', 'The server answered the handshake with 302.'],
    [failed({ kind: 'token' }), 'network', 'There was no token to connect with.'],
    [failed({ kind: 'connect-timeout' }), 'timeout', 'The line did not open in time.'],
    [failed({ kind: 'silent' }), 'timeout', 'The server no longer answers.'],
    [failed({ kind: 'network' }), 'network', 'The connection failed.'],
    [failed({ kind: 'constructor' }), 'network', 'The socket could not be made.'],
  ])('puts %j into words', (failure, kind, message) => {
    expect(failureFault(failure)).toMatchObject({ kind, message });
  });

  it('takes along the numbers, and none of the words of others', () => {
    const failure = failed({
      closeCode: 4000,
      reason: 'SECRET',
      retryAfterMs: 9,
      cause: new Error('SECRET'),
    });

    expect(failureFault(failure)).toEqual({
      kind: 'network',
      message: 'The line was closed with code 4000.',
      closeCode: 4000,
      retryAfterMs: 9,
    });
  });

  it('passes the fault of a failed request for a token on', () => {
    const fault = {
      kind: 'http',
      message: 'POST /sessions/start: the server answered 500.',
      status: 500,
    } as const;

    expect(failureFault(failed({ kind: 'token', cause: new ComapiError(fault) }))).toBe(fault);
  });
});

describe('faultAs', () => {
  it('says what follows from the failure', () => {
    expect(faultAs('retries-exhausted', failed({ closeCode: 1006 }))).toEqual({
      kind: 'retries-exhausted',
      message: 'The line was closed with code 1006. No further attempt is made.',
      closeCode: 1006,
    });
  });
});

import { describe, expect, it } from '@jest/globals';
import { newLine, withFailure } from '../../lib/transport/LineHistory.js';
import { failed } from './failed.js';

const network = failed({ kind: 'network' });

describe('withFailure', () => {
  it('counts attempts and failures', () => {
    const history = withFailure(withFailure(newLine, network, false), network, false);

    expect(history).toMatchObject({ attempt: 3, failures: 2, reason: 'reconnect', previous: network });
  });

  it('counts anew from a stable line: its end is the first failure, the next attempt the first', () => {
    const history = withFailure(withFailure(newLine, network, false), network, true);

    expect(history).toMatchObject({ attempt: 1, failures: 1 });
  });

  it('still has its reason to ask, and the failure of the last socket, where there was no token', () => {
    const token = failed({ kind: 'token' });
    const renewing = { ...withFailure(newLine, network, false), reason: 'unauthorized' } as const;

    expect(withFailure(newLine, token, false).reason).toBe('first');
    expect(withFailure(newLine, token, false)).not.toHaveProperty('previous');
    expect(withFailure(renewing, token, false)).toMatchObject({
      attempt: 3,
      reason: 'unauthorized',
      previous: network,
    });
  });
});

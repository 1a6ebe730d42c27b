import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '../../lib/transport/Verdict.js';
import { verdictOn } from '../../lib/transport/verdictOn.js';
import { failed } from './failed.js';

const renewed = { complaint: 'unauthorized', length: 1 } as const;
const failure = failed({ closeCode: 4401, reason: 'SECRET' });

const bug = (): never => {
  throw new TypeError('SECRET');
};

describe('verdictOn', () => {
  it('is the built-in verdict', () => {
    expect(verdictOn(failure, renewed, {})).toEqual({ action: 'renew-session' });
  });

  it('lets classify overrule it, knowing it', () => {
    const seen: unknown[] = [];
    const classify = (...given: unknown[]): Verdict => {
      seen.push(...given);
      return { action: 'stop', code: 'refused' };
    };

    expect(verdictOn(failure, renewed, { classify })).toEqual({ action: 'stop', code: 'refused' });
    expect(seen).toEqual([failure, { action: 'renew-session' }]);
  });

  it.each([
    ['throws', bug],
    ['gives nothing', () => undefined],
    ['gives null', () => null],
    ['gives a word', () => 'retry'],
    ['gives an unknown action', () => ({ action: 'wait' })],
    ['stops without a code', () => ({ action: 'stop' })],
  ])('stands, and says so, where classify %s', (_, classify: () => unknown) => {
    const warnings: unknown[] = [];
    const logger = { warn: (...said: unknown[]) => void warnings.push(said) };

    // Callers without types can give anything.
    const verdict = verdictOn(failure, renewed, { classify: classify as () => Verdict, logger });

    expect(verdict).toEqual({ action: 'renew-session' });
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain('SECRET');
  });
});

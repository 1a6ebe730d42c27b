import { describe, expect, it } from '@jest/globals';
import { judgeHistoryError } from '../../lib/log/judgeHistoryError.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { ErrorCode, Fault } from '../../lib/fault/Fault.js';
import { virtualTime } from '../support/virtualTime.js';

const failure = (kind: ErrorCode, more: Partial<Fault> = {}): ComapiError =>
  new ComapiError({ kind, message: kind, ...more });

describe('judgeHistoryError', () => {
  it.each<ErrorCode>([
    'http',
    'network',
    'timeout',
    'unauthorized',
    'invalid-response',
    'conflict',
    'closed',
  ])('takes %s for something that may heal, however long it lasts', async (kind) => {
    const time = virtualTime();
    const { judge } = judgeHistoryError(time.scheduler);

    const first = judge(failure(kind));
    await time.advance(3_600_000);

    expect([first, judge(failure(kind))]).toEqual(['retry', 'retry']);
  });

  it('passes on how long the server wants us to wait', () => {
    const { judge } = judgeHistoryError(virtualTime().scheduler);

    expect(judge(failure('rate-limited', { retryAfterMs: 7_000 }))).toEqual({ retryAfterMs: 7_000 });
  });

  it('knows that a wrong address does not heal', () => {
    expect(judgeHistoryError(virtualTime().scheduler).judge(failure('invalid-url'))).toBe('stop');
  });

  it('takes what is no error of ours for something that may heal', () => {
    expect(judgeHistoryError(virtualTime().scheduler).judge(new TypeError('bug'))).toBe('retry');
  });

  it.each<ErrorCode>(['not-found', 'forbidden'])(
    'believes %s once it has lasted for five seconds',
    async (kind) => {
      const time = virtualTime();
      const { judge } = judgeHistoryError(time.scheduler);

      const verdicts = [judge(failure(kind))];
      await time.advance(4_999);
      verdicts.push(judge(failure(kind)));
      await time.advance(1);
      verdicts.push(judge(failure(kind)));

      expect(verdicts).toEqual([{ retryWithinMs: 5_000 }, { retryWithinMs: 1 }, 'stop']);
    },
  );

  it('begins to count anew after a page, and after another answer', async () => {
    const patient = { retryWithinMs: 5_000 };
    const time = virtualTime();
    const { judge, succeeded } = judgeHistoryError(time.scheduler);
    const verdicts = [judge(failure('not-found'))];

    await time.advance(5_000);
    judge(failure('http'));
    verdicts.push(judge(failure('not-found')));
    await time.advance(5_000);
    succeeded();
    verdicts.push(judge(failure('not-found')));

    expect(verdicts).toEqual([patient, patient, patient]);
  });

  it.each([
    ['not-found', 'deleted'],
    ['forbidden', 'removed'],
  ] as const)('takes %s for the end of a log that was there before: %s', async (kind, closedBecause) => {
    const time = virtualTime();
    const { judge, succeeded } = judgeHistoryError(time.scheduler);
    succeeded();
    judge(failure(kind));

    await time.advance(5_000);

    expect(judge(failure(kind))).toEqual({ closedBecause });
  });
});

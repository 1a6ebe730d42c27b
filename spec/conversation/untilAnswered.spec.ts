import { describe, expect, it } from '@jest/globals';
import { defer, of, throwError } from 'rxjs';
import { untilAnswered } from '../../lib/conversation/untilAnswered.js';
import type { FetchVerdict } from '../../lib/history/LogSource.js';
import { virtualTime } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

/** Asks until there is an answer, and tells when each request went out. */
const asked = async (verdicts: readonly FetchVerdict[], random = () => 1) => {
  const time = virtualTime();
  const at: number[] = [];
  const left = [...verdicts];
  const request$ = defer(() => {
    at.push(time.scheduler.now());
    return left.length > 0 ? throwError(() => left.shift()) : of('answer');
  });
  // Each failure is its own verdict.
  const judge = (error: unknown): FetchVerdict => error as FetchVerdict;
  const result = watch(request$.pipe(untilAnswered({ judge, scheduler: time.scheduler, random })));
  await time.advance(1_000_000);
  return { at, result };
};

describe('untilAnswered', () => {
  it('asks again after delays that double up to thirty seconds', async () => {
    const { at, result } = await asked(Array.from({ length: 8 }, () => 'retry' as const));

    expect(at.map((time, index) => time - (at[index - 1] ?? 0))).toEqual([
      0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect([result.values, result.end]).toEqual([['answer'], 'completed']);
  });

  it('draws each delay from all of its range, but never asks again at once', async () => {
    const { at } = await asked(['retry', 'retry'], () => 0);

    expect(at).toEqual([0, 100, 200]);
  });

  it('does not ask faster and faster while patience runs out', async () => {
    const time = virtualTime();
    const at: number[] = [];
    const request$ = defer(() => {
      at.push(time.scheduler.now());
      return throwError(() => new Error('not yet'));
    });
    const judge = (): FetchVerdict => {
      const left = 1_000 - time.scheduler.now();
      return left > 0 ? { retryWithinMs: left } : 'stop';
    };
    watch(request$.pipe(untilAnswered({ judge, scheduler: time.scheduler, random: () => 0.5 })));
    await time.advance(10_000);

    expect(at).toEqual([0, 250, 625, 812.5, 912.5, 1_000]);
  });

  it('waits until the server wants it, and no longer than a verdict has patience', async () => {
    const { at } = await asked([{ retryAfterMs: 7_000 }, { retryWithinMs: 300 }]);

    expect(at).toEqual([0, 7_000, 7_300]);
  });

  it('errors with a failure that is final, and completes where there is nothing left to ask', async () => {
    const stopped = await asked(['stop']);
    const closed = await asked([{ closedBecause: 'deleted' }]);

    expect([stopped.result.end, stopped.at]).toEqual(['stop', [0]]);
    expect([closed.result.end, closed.result.values]).toEqual(['completed', []]);
  });
});

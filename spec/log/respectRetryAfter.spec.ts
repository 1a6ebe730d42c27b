import { describe, expect, it } from '@jest/globals';
import { defer, of, switchMap, throwError, timer } from 'rxjs';
import { respectRetryAfter } from '../../lib/log/respectRetryAfter.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { obeysOperatorLaws } from '../support/obeysOperatorLaws.js';
import { virtualTime, type VirtualTime } from '../support/virtualTime.js';
import { watch, type Watched } from '../support/watch.js';

interface Host {
  readonly time: VirtualTime;
  /** Makes a request that is refused for so many milliseconds, at once or after a while. */
  refuse(retryAfterMs?: number, answeredAfterMs?: number): Watched<unknown>;
  /** Makes a request that says when it went out. */
  ask(): Watched<number>;
}

const hostOf = (draws: readonly number[] = [0]): Host => {
  const time = virtualTime();
  let drawn = 0;
  const random = (): number => draws[drawn++ % draws.length] ?? 0;
  const patient = respectRetryAfter({ scheduler: time.scheduler, random });
  const refusal = (retryAfterMs?: number): ComapiError =>
    new ComapiError({
      kind: 'rate-limited',
      message: '',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });

  return {
    time,
    refuse: (retryAfterMs, answeredAfterMs) => {
      const refused$ = throwError(() => refusal(retryAfterMs));
      const answer$ = answeredAfterMs === undefined ? of(0) : timer(answeredAfterMs, time.scheduler);
      return watch(patient(answer$.pipe(switchMap(() => refused$))));
    },
    ask: () => watch(patient(defer(() => of(time.scheduler.now())))),
  };
};

describe('respectRetryAfter', () => {
  obeysOperatorLaws(() => respectRetryAfter({ scheduler: virtualTime().scheduler, random: () => 0 }), 'a');

  it('lets a request out at once while the server wants to hear it', () => {
    const host = hostOf([0.9]);

    expect(host.ask().values).toEqual([0]);
  });

  it('holds every request back until the moment that one was told', async () => {
    const host = hostOf();
    host.refuse(4_000);

    const others = [host.ask(), host.ask()];
    await host.time.advance(3_999);
    const before = others.map(({ values }) => values.length);
    await host.time.advance(1);

    expect(before).toEqual([0, 0]);
    expect(others.map(({ values }) => values)).toEqual([[4_000], [4_000]]);
  });

  it('lets them out one by one, each at a random time within a second after it', async () => {
    const host = hostOf([0, 0.75, 0.25, 0.999]);
    host.refuse(4_000);

    const others = [host.ask(), host.ask(), host.ask()];
    await host.time.advance(5_000);

    expect(others.map(({ values }) => values)).toEqual([[4_750], [4_250], [4_999]]);
  });

  it('spreads also what is asked for at that very moment', async () => {
    const host = hostOf([0, 0.5]);
    host.refuse(4_000);
    await host.time.advance(4_000);

    const next = host.ask();
    await host.time.advance(1_000);

    expect(next.values).toEqual([4_500]);
  });

  it('waits on when a later moment is named, and is not taken in by an earlier one', async () => {
    const host = hostOf();
    host.refuse(6_000, 3_000);
    host.refuse(500, 1_000);
    host.refuse(4_000);

    const waiting = host.ask();
    await host.time.advance(9_000);

    expect(waiting.values).toEqual([9_000]);
  });

  it('passes errors on, and takes one without a time for no reason to wait', () => {
    const host = hostOf([0.9]);

    const refused = host.refuse();

    expect(refused.end).toBe('rate-limited');
    expect(host.ask().values).toEqual([0]);
  });

  it.each([
    ['http', 503, 4_000],
    ['http', 500, 0],
    ['not-found', 404, 0],
  ] as const)('after %s, %s, the next one goes out at %s', async (kind, status, sentAt) => {
    const { scheduler, advance } = virtualTime();
    const patient = respectRetryAfter({ scheduler, random: () => 0 });
    watch(patient(throwError(() => new ComapiError({ kind, message: '', status, retryAfterMs: 4_000 }))));

    const next = watch(patient(defer(() => of(scheduler.now()))));
    await advance(4_000);

    expect(next.values).toEqual([sentAt]);
  });

  it('waits longer than the longest timer', async () => {
    const host = hostOf();
    host.refuse(2 ** 33);

    const waiting = host.ask();
    await host.time.advance(2 ** 33 - 1);
    const before = waiting.values.length;
    await host.time.advance(1);

    expect([before, waiting.values]).toEqual([0, [2 ** 33]]);
  });

  it('leaves no timer to whoever does not wait any longer', () => {
    const host = hostOf();
    host.refuse(4_000);

    host.ask().unsubscribe();

    expect(host.time.pending).toBe(0);
  });
});

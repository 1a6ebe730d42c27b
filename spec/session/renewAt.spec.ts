import { describe, expect, it, jest } from '@jest/globals';
import { defer, EMPTY } from 'rxjs';
import { renewAt } from '../../lib/session/renewAt.js';
import { marbles } from '../support/marbles.js';

describe('renewAt', () => {
  it(
    'renews when it is time, and at once when it is later',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const renew$ = cold(' --a|');
      const subs = ['       ---^--!', '^--!'];

      expectObservable(renewAt(3, { renew$, scheduler })).toBe(' ------|');
      expectObservable(renewAt(-3, { renew$, scheduler })).toBe('---|');
      expectSubscriptions(renew$.subscriptions).toBe([subs[1] ?? '', subs[0] ?? '']);
    }),
  );

  it(
    'passes an error on, and waits for nobody',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const renew$ = cold('                            -#');

      expectObservable(renewAt(1, { renew$, scheduler })).toBe('--#');
      expectObservable(renewAt(5, { renew$, scheduler }), '---!').toBe('-');
      expectSubscriptions(renew$.subscriptions).toBe('-^!');
    }),
  );

  it(
    'never sets a timer that would overflow',
    marbles(({ flush }, scheduler) => {
      const schedule = jest.spyOn(scheduler, 'schedule');
      const times: number[] = [];
      const renew$ = defer(() => (times.push(scheduler.now()), EMPTY));
      renewAt(5e9, { renew$, scheduler }).subscribe();
      flush();

      expect(times).toEqual([5e9]);
      expect(Math.max(...schedule.mock.calls.map(([, delayMs = 0]) => delayMs))).toBeLessThan(2 ** 31);
    }),
  );
});

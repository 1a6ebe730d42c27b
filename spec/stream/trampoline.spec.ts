import { describe, expect, it } from '@jest/globals';
import { trampoline } from '../../lib/stream/trampoline.js';

describe('trampoline', () => {
  it('runs a task at once when none runs', () => {
    const run = trampoline();
    const order: string[] = [];

    run(() => order.push('a'));
    order.push('after a');

    expect(order).toEqual(['a', 'after a']);
  });

  it('lets what a task asks for wait until the task is done, first come first served', () => {
    const run = trampoline();
    const order: string[] = [];

    run(() => {
      run(() => {
        order.push('b');
        run(() => order.push('d'));
      });
      run(() => order.push('c'));
      order.push('a');
    });

    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('does not deepen the stack, however long the chain', () => {
    const run = trampoline();
    let left = 100_000;
    const next = (): void => {
      left -= 1;
      if (left > 0) run(next);
    };

    run(next);

    expect(left).toBe(0);
  });

  it('takes values in turn with tasks', () => {
    const run = trampoline();
    const order: string[] = [];
    const take = run.each((value: string) => {
      order.push(`${value} begins`);
      if (value === 'a') {
        take('b');
        run(() => order.push('task'));
        take('c');
      }
      order.push(`${value} ends`);
    });

    take('a');

    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'task', 'c begins', 'c ends']);
  });

  it('runs the rest after a task that throws, and rethrows then', () => {
    const run = trampoline();
    const order: string[] = [];

    expect(() => {
      run(() => {
        run(() => order.push('b'));
        order.push('a');
        throw new Error('a failed');
      });
    }).toThrow('a failed');
    run(() => order.push('c'));

    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('rethrows several errors as one', () => {
    const run = trampoline();

    expect(() => {
      run(() => {
        run(() => {
          throw new Error('second');
        });
        throw new Error('first');
      });
    }).toThrow(AggregateError);
  });
});

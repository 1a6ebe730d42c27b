import { getEventListeners } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { onAbort } from '../../lib/stream/onAbort.js';

describe('onAbort', () => {
  it('acts once for each who waits, in the order in which they came, by one listener', () => {
    const { signal, ...controller } = signalled();
    const acted: number[] = [];
    for (const each of [1, 2, 3]) onAbort(signal, () => acted.push(each));
    const same = (): void => void acted.push(0);
    onAbort(signal, same);
    onAbort(signal, same);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);

    controller.abort();

    expect(acted).toEqual([1, 2, 3, 0, 0]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('leaves nothing behind when nobody waits any more', () => {
    const { signal, ...controller } = signalled();
    const acted: number[] = [];
    const leave = [1, 2].map((each) => onAbort(signal, () => acted.push(each)));

    leave[0]?.();
    leave[0]?.();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    leave[1]?.();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);

    onAbort(signal, () => acted.push(3));
    controller.abort();
    expect(acted).toEqual([3]);
  });

  it('does not act for whoever is taken off by one who acts', () => {
    const { signal, ...controller } = signalled();
    const acted: number[] = [];
    let leave = (): void => undefined;
    onAbort(signal, () => {
      acted.push(1);
      leave();
    });
    leave = onAbort(signal, () => acted.push(2));

    controller.abort();

    expect(acted).toEqual([1]);
  });

  it('acts for all, though one of them throws', () => {
    const { signal } = signalled();
    const listening = jest.spyOn(signal, 'addEventListener');
    const acted: number[] = [];
    const mine = new Error('mine');
    onAbort(signal, () => {
      throw mine;
    });
    onAbort(signal, () => acted.push(2));

    // Not by the signal itself: what its listeners throw ends the process.
    const listener = listening.mock.calls[0]?.[1];
    expect(() => {
      if (typeof listener === 'function') listener.call(signal, new Event('abort'));
    }).toThrow(mine);
    expect(acted).toEqual([2]);
  });

  it('waits for nothing where there is no signal, or one that has aborted', () => {
    const signal = AbortSignal.abort();
    const fail = (): never => {
      throw new Error('Nobody asked for that.');
    };
    onAbort(undefined, fail)();
    onAbort(signal, fail)();

    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

const signalled = (): { readonly signal: AbortSignal; readonly abort: () => void } => {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: () => {
      controller.abort();
    },
  };
};

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { holdLease, type Lease } from '../../../lib/worker/jetstream/holdLease.js';

describe('holdLease', () => {
  let renewals: { readonly at: number; answer: () => void; refuse: () => void }[] = [];
  let close = (): void => undefined;
  let lease: Lease;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    renewals = [];
    lease = holdLease({
      waitMs: 1_000,
      renew: () =>
        new Promise<void>((answer, reject) => {
          renewals.push({
            at: Date.now(),
            answer,
            refuse: () => {
              reject(new Error('no answer'));
            },
          });
        }),
      onClosed: (listener) => {
        close = listener;
        return () => {
          close = (): void => undefined;
        };
      },
    });
  });
  afterEach(() => {
    lease.release();
    jest.useRealTimers();
  });

  it('gives signs all the time, and is held as long as they are answered', async () => {
    for (let beat = 1; beat <= 20; beat += 1) {
      await jest.advanceTimersByTimeAsync(200);
      expect(renewals).toHaveLength(beat);
      renewals.at(-1)?.answer();
    }

    expect(lease.isHeld).toBe(true);
    expect(lease.lost.aborted).toBe(false);
  });

  it('is lost before the broker gives the event to another when nothing is answered', async () => {
    await jest.advanceTimersByTimeAsync(799);
    expect(lease.isHeld).toBe(true);
    await jest.advanceTimersByTimeAsync(1);

    expect(lease.lost.aborted).toBe(true);
    expect(lease.isHeld).toBe(false);
    expect(lease.remainingMs).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('counts from the moment a sign was sent, not from its answer', async () => {
    await jest.advanceTimersByTimeAsync(200);
    await jest.advanceTimersByTimeAsync(150);
    renewals[0]?.answer();
    await jest.advanceTimersByTimeAsync(0);

    expect(lease.remainingMs).toBe(650);
  });

  it('survives a sign that gets no answer', async () => {
    await jest.advanceTimersByTimeAsync(200);
    renewals[0]?.refuse();
    await jest.advanceTimersByTimeAsync(200);
    renewals[1]?.answer();
    await jest.advanceTimersByTimeAsync(0);

    expect(lease.remainingMs).toBe(800);
  });

  it('knows after a pause, before any timer has run', () => {
    // The clock goes on while the process does not.
    jest.setSystemTime(5_000);

    expect(lease.isHeld).toBe(false);
    expect(lease.lost.aborted).toBe(true);
  });

  it('does not come back by an answer that is late', async () => {
    await jest.advanceTimersByTimeAsync(200);
    await jest.advanceTimersByTimeAsync(700);
    renewals[0]?.answer();
    await jest.advanceTimersByTimeAsync(0);

    expect(lease.isHeld).toBe(false);
  });

  it('gives no sign once released, is not lost then, and cannot be used', async () => {
    lease.release();
    await jest.advanceTimersByTimeAsync(5_000);

    expect(renewals).toHaveLength(0);
    expect(lease.lost.aborted).toBe(false);
    expect(lease.isHeld).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is lost at once with the connection', () => {
    close();

    expect(lease.lost.aborted).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });
});

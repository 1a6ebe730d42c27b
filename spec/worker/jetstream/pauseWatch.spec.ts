import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type PauseWatch, watchPauses } from '../../../lib/worker/jetstream/pauseWatch.js';

describe('watchPauses', () => {
  let watch: PauseWatch;
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    watch = watchPauses(1_000);
  });
  afterEach(() => {
    watch.end();
    jest.useRealTimers();
  });

  it('sees none while time passes as it does', async () => {
    await jest.advanceTimersByTimeAsync(10_000);

    expect(watch.hasPaused).toBe(false);
  });

  it('sees one before any timer has run, for a moment after, and no longer', async () => {
    jest.setSystemTime(1_500);
    expect(watch.hasPaused).toBe(true);
    await jest.advanceTimersByTimeAsync(200);
    expect(watch.hasPaused).toBe(true);
    await jest.advanceTimersByTimeAsync(400);

    expect(watch.hasPaused).toBe(false);
  });

  it('leaves no timer behind', () => {
    watch.end();

    expect(jest.getTimerCount()).toBe(0);
  });
});

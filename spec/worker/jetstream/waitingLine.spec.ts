import { describe, expect, it } from '@jest/globals';
import { createWaitingLine } from '../../../lib/worker/jetstream/waitingLine.js';

/** Whether it has settled once everything that can happen has. */
const hasSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  promise.then(note, note);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
};

describe('createWaitingLine', () => {
  it('hands out in order, and waits where there is nothing', async () => {
    const line = createWaitingLine<string>(5);
    line.put('a');
    line.put('b');

    expect([await line.take(), await line.take()]).toEqual(['a', 'b']);
    const next = line.take();
    expect(await hasSettled(next)).toBe(false);
    line.put('c');
    expect(await next).toBe('c');
  });

  it('hands out only as many as there are places', async () => {
    const line = createWaitingLine<string>(1);
    line.put('a');
    expect(line.hasRoom).toBe(false);
    line.put('b');
    await line.take();
    const next = line.take();

    expect(await hasSettled(next)).toBe(false);
    expect(line.hasRoom).toBe(false);
    line.free();
    expect(await next).toBe('b');
    line.free();
    expect(line.hasRoom).toBe(true);
  });

  it('lets go of one that waits, but not of one that was taken', async () => {
    const line = createWaitingLine<string>(5);
    line.put('a');
    line.put('b');

    expect(line.drop('a')).toBe(true);
    expect(await line.take()).toBe('b');
    expect(line.drop('b')).toBe(false);
  });

  it('ends for whoever takes, and hands out the rest', async () => {
    const line = createWaitingLine<string>(0);
    line.put('a');
    const next = line.take();

    expect(line.end()).toEqual(['a']);
    expect(await next).toBeUndefined();
    expect(await line.take()).toBeUndefined();
    expect(line.end()).toEqual([]);
  });

  it('fails with the first error', async () => {
    const line = createWaitingLine<string>(5);
    const next = line.take();
    line.fail(new Error('first'));
    line.fail(new Error('second'));

    await expect(next).rejects.toThrow('first');
    await expect(line.take()).rejects.toThrow('first');
  });
});

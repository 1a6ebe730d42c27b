import { describe, expect, it } from '@jest/globals';
import { later, type Later } from '../../lib/stream/later.js';
import { stillAlive } from '../support/stillAlive.js';

describe('later', () => {
  it('makes a value when it is first read, and once', () => {
    let made = 0;
    const count = later(() => ({ made: (made += 1) }));
    expect(made).toBe(0);

    const first = count.value;

    expect(count.value).toBe(first);
    expect(first).toEqual({ made: 1 });
  });

  it('makes once what comes to nothing', () => {
    let made = 0;
    const nothing = later((): string | undefined => {
      made += 1;
      return undefined;
    });

    expect([nothing.value, nothing.value]).toEqual([undefined, undefined]);
    expect(made).toBe(1);
  });

  it('lets go of what the value was made of', async () => {
    const ofList = (): readonly [Later<number>, WeakRef<object>] => {
      const list = [1, 2, 3];
      return [later(() => list.length), new WeakRef(list)];
    };
    const [length, list] = ofList();
    expect(await stillAlive([list], 1)).toBe(1);

    expect(length.value).toBe(3);

    expect(await stillAlive([list])).toBe(0);
    expect(length.value).toBe(3);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createOutlet } from '../../lib/stream/createOutlet.js';
import { watch } from '../support/watch.js';

describe('createOutlet', () => {
  it('gives each value to everybody who is there, and replays none', () => {
    const outlet = createOutlet<number>();
    outlet.next(1);
    const [first, second] = [watch(outlet.values$), watch(outlet.values$)];

    outlet.next(2);

    expect([first.values, second.values]).toEqual([[2], [2]]);
  });

  it('can be used again after an error and after completion', () => {
    const outlet = createOutlet<number>();
    const first = watch(outlet.values$);
    outlet.error(new Error('over'));
    const second = watch(outlet.values$);
    outlet.complete();
    const third = watch(outlet.values$);

    outlet.next(1);

    expect([first.end, second.end, third.end]).toEqual(['over', 'completed', undefined]);
    expect(third.values).toEqual([1]);
  });

  it('tells an audience as it was when it was taken', () => {
    const outlet = createOutlet<number>();
    const early = watch(outlet.values$);

    const tell = outlet.audience();
    const late = watch(outlet.values$);
    tell(1);

    expect([early.values, late.values]).toEqual([[1], []]);
  });
});

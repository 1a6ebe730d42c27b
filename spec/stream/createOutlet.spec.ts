import { describe, expect, it } from '@jest/globals';
import { take } from 'rxjs';
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
    outlet.dismiss().error(new Error('over'));
    const second = watch(outlet.values$);
    outlet.dismiss().complete();
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

  it('gives whoever comes in the middle the next value first, and whoever leaves nothing more', () => {
    const outlet = createOutlet<number>();
    const late: number[] = [];
    outlet.values$.pipe(take(1)).subscribe(() => {
      left.unsubscribe();
      outlet.values$.subscribe((value) => late.push(value));
    });
    const left = watch(outlet.values$);
    const other = watch(outlet.values$);

    outlet.next(1);
    outlet.next(2);

    expect([left.values, other.values, late]).toEqual([[], [1, 2], [2]]);
  });

  it('tells of the first who comes and the last who leaves, not of an end', () => {
    const told: string[] = [];
    const outlet = createOutlet<number>({
      wanted: () => {
        told.push('wanted');
        outlet.next(told.length);
      },
      unwanted: () => told.push('unwanted'),
    });
    const first = watch(outlet.values$);
    const second = watch(outlet.values$);
    first.unsubscribe();
    second.unsubscribe();
    watch(outlet.values$);
    outlet.dismiss().complete();

    expect(told).toEqual(['wanted', 'unwanted', 'wanted']);
    expect(first.values).toEqual([1]);
  });
});

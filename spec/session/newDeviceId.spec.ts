import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newDeviceId } from '../../lib/session/newDeviceId.js';

describe('newDeviceId', () => {
  it('is a UUID of version 4, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (draws) => {
          expect(newDeviceId(() => Number(draws.next().value))).toMatch(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
          );
        },
      ),
    );
  });

  it('is another one each time', () => {
    expect(newDeviceId(Math.random)).not.toBe(newDeviceId(Math.random));
  });
});

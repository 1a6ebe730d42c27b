import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeStored, encodeStored } from '../../../lib/worker/jetstream/storedEvent.js';
import { eventAt } from '../events.js';

const text = new TextEncoder();

describe('a stored event', () => {
  it('comes back as it was', () => {
    expect(decodeStored(encodeStored(eventAt('c ✓', 7)))).toEqual(eventAt('c ✓', 7));
  });

  it('is JSON, for whoever else reads the log', () => {
    expect(JSON.parse(new TextDecoder().decode(encodeStored(eventAt('c', 7))))).toEqual(eventAt('c', 7));
  });

  it.each(['', '{', 'null', '[]', '{"name":"conversationMessage.sent"}', '"text"', '['.repeat(200_000)])(
    'is not in %#',
    (json) => {
      expect(decodeStored(text.encode(json))).toBeUndefined();
    },
  );

  it('is in no other bytes, and those do no harm', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeStored(bytes)).toBeUndefined();
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pageMessage } from '../../lib/wire/PageMessage.js';

describe('a message of a page', () => {
  it('is read whole', () => {
    const context = { from: { id: 'bob' }, sentBy: 'session:bob', sentOn: '2026-01-05T09:40:00.000Z' };

    expect(
      pageMessage({
        id: 'm1',
        sentEventId: 0,
        metadata: { draft: 1 },
        context,
        parts: [{ type: 'text/plain', data: 'hi', url: null }],
        statusUpdates: {
          ann: { status: 'read', on: '2026-01-05T09:41:00.000Z' },
          cat: { status: 'delivered' },
        },
        unknownHere: 1,
      }),
    ).toEqual({
      id: 'm1',
      sentEventId: 0,
      metadata: { draft: 1 },
      context,
      parts: [{ type: 'text/plain', data: 'hi' }],
      statuses: [
        { profileId: 'ann', status: 'read', on: '2026-01-05T09:41:00.000Z' },
        { profileId: 'cat', status: 'delivered' },
      ],
    });
  });

  it('is not lost for what it lacks, or for a detail that makes no sense', () => {
    const odd = {
      sentEventId: -1,
      metadata: {},
      parts: [{ data: 'hi' }, { data: 7 }, null],
      statusUpdates: {
        ann: { status: 'seen' },
        bob: null,
        '': { status: 'read' },
        cat: { status: 'read', on: 1 },
      },
    };

    expect(pageMessage({ id: 'm1' })).toEqual({ id: 'm1' });
    expect(pageMessage({ id: 'm1', ...odd })).toEqual({
      id: 'm1',
      metadata: {},
      parts: [{ data: 'hi' }],
      statuses: [],
    });
  });

  it('keeps a profile that is called __proto__', () => {
    const item: unknown = JSON.parse('{"id":"m1","statusUpdates":{"__proto__":{"status":"read"}}}');

    expect(pageMessage(item)?.statuses).toEqual([{ profileId: '__proto__', status: 'read' }]);
  });

  it('needs an id, and never throws', () => {
    expect([{}, { id: '' }, null, 'm1', [], { id: 7 }].map(pageMessage)).toEqual(Array(6).fill(undefined));
    fc.assert(
      fc.property(fc.anything(), (item) => {
        expect(() => pageMessage(item)).not.toThrow();
      }),
    );
  });
});

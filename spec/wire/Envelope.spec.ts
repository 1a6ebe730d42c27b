import { describe, expect, it } from '@jest/globals';
import { openEnvelope } from '../../lib/wire/Envelope.js';

const opened = (frame: Readonly<Record<string, unknown>>) =>
  openEnvelope(frame, { wireName: 'chat.update', name: 'conversation.update', receivedAt: 5 });

describe('openEnvelope', () => {
  it('gathers what the outside of a frame says', () => {
    const frame = {
      eventId: 'e1',
      publishedOn: '2026-01-05T09:00:00.000Z',
      conversationId: 'garden',
      conversationEventId: 0,
      context: { createdBy: 'ann' },
      etag: '"1"',
      payload: { a: 1 },
    };

    expect(opened(frame)).toStrictEqual({
      frame,
      name: 'conversation.update',
      meta: {
        wireName: 'chat.update',
        receivedAt: 5,
        publishedOn: '2026-01-05T09:00:00.000Z',
        eventId: 'e1',
      },
      conversationId: 'garden',
      conversationEventId: 0,
      createdBy: 'ann',
      eTag: '"1"',
      payload: { a: 1 },
    });
    expect(opened(frame).frame).toBe(frame);
  });

  it.each([
    [{}],
    [{ eventId: 5, publishedOn: null, conversationId: '', conversationEventId: -1, context: [], etag: 1 }],
    [{ context: { createdBy: 5 }, eTag: {}, conversationEventId: '12' }],
  ])('takes what is missing or of a wrong type for missing: %j', (frame) => {
    expect(opened(frame)).toStrictEqual({
      frame,
      name: 'conversation.update',
      meta: { wireName: 'chat.update', receivedAt: 5 },
      conversationId: undefined,
      conversationEventId: undefined,
      createdBy: undefined,
      eTag: undefined,
      payload: undefined,
    });
  });

  it.each([
    [{ etag: '"1"' }, '"1"'],
    [{ eTag: '"2"' }, '"2"'],
    [{ etag: null, eTag: '"2"' }, '"2"'],
    [{ etag: '"1"', eTag: '"2"' }, '"1"'],
  ])('reads both spellings of the etag: %j', (frame, expected) => {
    expect(opened(frame).eTag).toBe(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import { invalid, payloadOf } from '../decoded.js';

const conversationId = 'garden';
const conversationEventId = 4;

describe.each(['conversationMessage.delivered', 'conversationMessage.read'])('%s', (name) => {
  const status = { messageId: 'm1', profileId: 'ann' };

  it.each([
    [{ conversationId }, {}],
    [{}, { conversationId }],
    [{}, { context: { conversationId } }],
    [{ conversationId }, { conversationId: 5 }],
  ])('finds the conversation at the top %j or in the payload %j, and says it in both', (top, inside) => {
    expect(payloadOf({ name, conversationEventId, ...top, payload: { ...status, ...inside } })).toStrictEqual(
      {
        conversationId,
        conversationEventId,
        name,
        payload: { messageId: 'm1', conversationId, profileId: 'ann' },
      },
    );
  });

  it('takes the time from the payload, not from the envelope', () => {
    const frame = { name, conversationId, conversationEventId, publishedOn: 'later', eventId: 'e1' };

    expect(payloadOf({ ...frame, payload: { ...status, timestamp: 'now', isPublic: true } })).toStrictEqual({
      eventId: 'e1',
      conversationId,
      conversationEventId,
      name,
      payload: { messageId: 'm1', conversationId, profileId: 'ann', timestamp: 'now' },
    });
    expect(payloadOf({ ...frame, payload: { ...status, timestamp: null } })).not.toHaveProperty(
      'payload.timestamp',
    );
  });

  it.each([
    [{ messageId: 'm1' }, 'payload.profileId: expected non-empty string'],
    [{ profileId: 'ann' }, 'payload.messageId: expected non-empty string'],
    [{ ...status, timestamp: 5 }, 'payload.timestamp: expected string'],
    [undefined, 'payload: expected object'],
  ])('is invalid with the payload %j', (payload, misfit) => {
    expect(payloadOf({ name, conversationId, conversationEventId, payload })).toEqual(invalid(name, misfit));
  });

  it('is invalid without a place in the log', () => {
    expect(payloadOf({ name, conversationId, payload: status })).toEqual(
      invalid(name, 'conversationEventId: expected integer >= 0'),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { decoded, invalid, payloadOf } from '../decoded.js';

const name = 'conversationMessage.sent';
const conversationId = 'garden';
const conversationEventId = 0;
const frame = { name, conversationId, conversationEventId };
const event = { name, conversationId, conversationEventId };

describe(name, () => {
  it('needs a message id, a conversation and a place in its log, which may be the first', () => {
    expect(payloadOf({ ...frame, payload: { messageId: 'm1' } })).toStrictEqual({
      ...event,
      payload: { messageId: 'm1' },
    });
  });

  it.each([
    [{ conversationId }, {}],
    [{}, { conversationId }],
    [{}, { context: { conversationId } }],
  ])('finds the conversation at the top %j or in the payload %j', (top, inside) => {
    const found = payloadOf({ name, conversationEventId, ...top, payload: { messageId: 'm1', ...inside } });

    expect(found).toMatchObject({ conversationId });
    expect(found).not.toHaveProperty('payload.conversationId');
  });

  it('takes the event id from the envelope, when it is a string', () => {
    const payload = { messageId: 'm1' };

    expect(payloadOf({ ...frame, eventId: 'e1', payload })).toHaveProperty('eventId', 'e1');
    expect(payloadOf({ ...frame, eventId: 5, payload })).not.toHaveProperty('eventId');
  });

  it.each<[unknown]>([[null], [0], ['text'], [{ deep: [null, { a: null }] }]])(
    'passes metadata, context and alert through untouched: %j',
    (value) => {
      const payload = { messageId: 'm1', metadata: value, context: value, alert: value };

      expect(payloadOf({ ...frame, payload })).toStrictEqual({ ...event, payload });
    },
  );

  it('passes parts through untouched, with keys unknown here', () => {
    const parts = [{}, { type: 'text/plain', data: '', size: 0, extra: null, nested: [{}] }];

    expect(payloadOf({ ...frame, payload: { messageId: 'm1', parts } })).toStrictEqual({
      ...event,
      payload: { messageId: 'm1', parts },
    });
  });

  it('drops only known keys that are null from parts', () => {
    const nothing = { name: null, type: null, url: null, data: null, size: null, extra: null };
    const parts = [
      nothing,
      { ...nothing, name: 'n', type: 't' },
      { url: 'u', data: 'd', size: 1, name: null },
    ];

    expect(payloadOf({ ...frame, payload: { messageId: 'm1', parts } })).toHaveProperty('payload.parts', [
      { extra: null },
      { name: 'n', type: 't', extra: null },
      { url: 'u', data: 'd', size: 1 },
    ]);
  });

  it('keeps a __proto__ in a part as plain data', () => {
    const text = `{"name":"${name}","conversationId":"c","conversationEventId":1,"payload":{"messageId":"m","parts":[{"data":null,"__proto__":{"url":"x"}}]}}`;
    const payload = payloadOf(text);

    expect(payload).not.toHaveProperty(['payload', 'parts', '0', 'url']);
    expect(JSON.stringify(payload)).toContain('"parts":[{"__proto__":{"url":"x"}}]');
  });

  it('takes parts that are null for missing', () => {
    expect(payloadOf({ ...frame, payload: { messageId: 'm1', parts: null } })).toStrictEqual({
      ...event,
      payload: { messageId: 'm1' },
    });
  });

  it.each(['9007199254740993', '1e400', '-1', '1.5', '"12"', 'null', 'true', '[1]'])(
    'is invalid with the place %s',
    (place) => {
      const text = `{"name":"${name}","conversationId":"c","conversationEventId":${place},"payload":{"messageId":"m1"}}`;

      expect(payloadOf(text)).toEqual(invalid(name, 'conversationEventId: expected integer >= 0'));
    },
  );

  it('takes the highest safe integer', () => {
    const place = Number.MAX_SAFE_INTEGER;

    expect(payloadOf({ ...frame, conversationEventId: place, payload: { messageId: 'm1' } })).toHaveProperty(
      'conversationEventId',
      place,
    );
  });

  it.each([
    [{}, 'payload.messageId: expected non-empty string'],
    [{ id: 'm1' }, 'payload.messageId: expected non-empty string'],
    [{ messageId: '' }, 'payload.messageId: expected non-empty string'],
    [{ messageId: 'm1', parts: 'x' }, 'payload.parts: expected array'],
    [{ messageId: 'm1', parts: [{}, 'x', 'y'] }, 'payload.parts.1: expected object'],
    [{ messageId: 'm1', parts: [{ size: '5' }] }, 'payload.parts.0.size: expected number'],
    [null, 'payload: expected object'],
  ])('is invalid with the payload %j', (payload, misfit) => {
    expect(payloadOf({ ...frame, payload })).toEqual(invalid(name, misfit));
  });

  it('does not take the id in the payload for that of the conversation', () => {
    expect(payloadOf({ name, conversationEventId, payload: { id: 'c1', messageId: 'm1' } })).toEqual(
      invalid(name, 'conversationId: expected non-empty string'),
    );
  });

  it.each(['__proto__', 'constructor', 'toString'])('takes %s for an id like any other', (id) => {
    expect(
      payloadOf({ name, conversationId: id, conversationEventId, payload: { messageId: id } }),
    ).toStrictEqual({
      ...event,
      conversationId: id,
      payload: { messageId: id },
    });
  });

  it('hands parts over as they were parsed, without a copy', () => {
    const parts = '[{"type":"text/plain"}]';
    const text = `{"name":"${name}","conversationId":"c","conversationEventId":1,"payload":{"messageId":"m","parts":${parts}}}`;

    expect(decoded(text)).toMatchObject({ right: { payload: { payload: { parts: JSON.parse(parts) } } } });
  });
});

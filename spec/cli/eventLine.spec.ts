import { describe, expect, it } from '@jest/globals';
import { eventLine } from '../../lib/cli/eventLine.js';

const plain = (_style: string, text: string): string => text;
const sent = (payload: object) => ({
  conversationId: 'garden',
  conversationEventId: 7,
  name: 'conversationMessage.sent' as const,
  payload: { messageId: 'm7', ...payload },
});

describe('the line of an event', () => {
  it.each([
    [{ from: { id: 'ann' }, sentBy: 'session:bob' }],
    [{ sentBy: 'session:ann' }],
    [{ from: {}, sentBy: 'ann' }],
  ])('names who sent it, wherever the server says so: %j', (context) => {
    expect(eventLine(sent({ context, parts: [{ data: 'hi' }, {}] }), plain)).toBe('    7  ann   hi ');
  });

  it('names nobody where the server does not say', () => {
    expect(eventLine(sent({ context: { from: null } }), plain)).toBe('    7        ');
  });

  it('says who has read a message', () => {
    const payload = { messageId: 'm7', conversationId: 'garden', profileId: 'ann' };
    const read = { ...sent({}), name: 'conversationMessage.read' as const, payload };

    expect(eventLine(read, plain)).toBe('    7  ✓ read by ann');
  });

  it('escapes what people wrote and what they are called', () => {
    const line = eventLine(sent({ context: { sentBy: '\u001b[31m' }, parts: [{ data: '\u0007' }] }), plain);

    expect(line).not.toMatch(/[\u0000-\u001f]/);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orphanedEvent } from '../../lib/wire/OrphanedEvent.js';

const payload = { messageId: 'm3', conversationId: 'garden', timestamp: '2026-01-05T09:41:00.000Z' };

describe('an orphaned event', () => {
  it('is a status with its profile, in the payload or beside it', () => {
    const status = {
      name: 'delivered',
      messageId: 'm3',
      position: 162,
      profileId: 'me',
      timestamp: payload.timestamp,
    };

    expect(
      orphanedEvent({ id: 162, data: { name: 'delivered', payload: { ...payload, profileId: 'me' } } }),
    ).toEqual(status);
    expect(orphanedEvent({ id: 162, data: { name: 'delivered', profileId: 'me', payload } })).toEqual(status);
    expect(
      orphanedEvent({ id: 162, data: { name: 'conversationMessage.delivered', profileId: 'me', payload } }),
    ).toEqual(status);
  });

  it('is a delete', () => {
    expect(
      orphanedEvent({ id: 161, data: { name: 'delete', payload: { messageId: 'm4', by: 'x' } } }),
    ).toEqual({
      name: 'delete',
      messageId: 'm4',
      position: 161,
    });
  });

  it('may lack its position', () => {
    expect(orphanedEvent({ data: { name: 'read', payload: { messageId: 'm3', profileId: 'me' } } })).toEqual({
      name: 'read',
      messageId: 'm3',
      profileId: 'me',
    });
  });

  it.each([
    ['the older form, which names no message', { eventId: 'e', name: 'delivered' }],
    ['another name', { data: { name: 'sent', payload } }],
    ['a status of nobody', { data: { name: 'read', payload } }],
    ['nothing', null],
  ])('is left out where it is %s', (_what, item) => {
    expect(orphanedEvent(item)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (item) => {
        expect(() => orphanedEvent(item)).not.toThrow();
      }),
    );
  });
});

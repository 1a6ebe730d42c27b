import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { ConversationRoles } from '../../../lib/wire/ConversationRoles.js';
import {
  ConversationUpdatedEventData,
  conversationUpdatedSample,
} from '../../../lib/wire/event/conversationUpdated.js';
import { obeysCodecContract } from '../codecContract.js';
import { decoded, invalid, payloadOf } from '../decoded.js';

const name = 'conversation.update';
const conversationId = 'garden';

describe('ConversationUpdatedEventData', () => {
  obeysCodecContract(ConversationUpdatedEventData, {
    good: [{ conversationId }, { conversationId, roles: {} }, conversationUpdatedSample.payload],
    bad: [
      [{ conversationId: '' }, ['conversationId: expected non-empty string']],
      [{ conversationId, isPublic: 'yes' }, ['isPublic: expected boolean']],
      [{ conversationId, roles: { owner: null } }, ['roles.owner: expected ConversationPrivileges']],
      [{ conversationId, roles: { owner: { canSend: 1 } } }, ['roles.owner.canSend: expected boolean']],
    ],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ConversationUpdatedEventData>().toEqualTypeOf<{
      readonly conversationId: string;
      readonly createdBy?: string;
      readonly name?: string;
      readonly description?: string;
      readonly roles?: ConversationRoles;
      readonly isPublic?: boolean;
      readonly eTag?: string;
      readonly timestamp?: string;
    }>();
  });
});

describe(name, () => {
  it.each([[{}], [{ payload: null }], [{ payload: {} }]])('needs no payload: %j', (rest) => {
    expect(payloadOf({ name, conversationId, ...rest })).toStrictEqual({ conversationId });
  });

  it('takes null for missing', () => {
    const payload = { id: conversationId, name: null, description: null, roles: null, isPublic: null };

    expect(payloadOf({ name, payload })).toStrictEqual({ conversationId });
  });

  it.each(['etag', 'eTag'])('reads %s', (key) => {
    expect(payloadOf({ name, conversationId, [key]: '"1"' })).toStrictEqual({ conversationId, eTag: '"1"' });
  });

  it('passes roles through untouched', () => {
    const roles = { owner: { canSend: true, canFly: null }, participant: {}, guest: { canLook: [1] } };

    expect(payloadOf({ name, conversationId, payload: { roles } })).toStrictEqual({ conversationId, roles });
  });

  it('drops only known keys that are null from roles', () => {
    const roles = {
      owner: { canSend: null, canAddParticipants: true, canRemoveParticipants: false, canFly: null },
      participant: null,
      guest: null,
    };

    expect(payloadOf({ name, conversationId, payload: { roles } })).toStrictEqual({
      conversationId,
      roles: { owner: { canAddParticipants: true, canRemoveParticipants: false, canFly: null }, guest: null },
    });
  });

  it('keeps the other privileges beside one that is null', () => {
    const owner = { canSend: true, canAddParticipants: null, canRemoveParticipants: null };

    expect(
      payloadOf({ name, conversationId, payload: { roles: { owner, participant: owner } } }),
    ).toStrictEqual({
      conversationId,
      roles: { owner: { canSend: true }, participant: { canSend: true } },
    });
  });

  it('is not led astray by a prototype in roles', () => {
    const text = `{"name":"${name}","conversationId":"garden","payload":{"roles":{"owner":null,"__proto__":{"participant":{"canSend":true}}}}}`;

    expect(decoded(text)).toMatchObject({ right: { type: 'conversationUpdated' } });
    expect(payloadOf(text)).not.toHaveProperty(['roles', 'participant']);
  });

  it.each([
    [{ name: 5 }, 'payload.name: expected string'],
    [{ description: {} }, 'payload.description: expected string'],
    [{ isPublic: 'yes' }, 'payload.isPublic: expected boolean'],
    [{ roles: [] }, 'payload.roles: expected object'],
    [{ roles: { owner: 'all' } }, 'payload.roles.owner: expected object'],
    [{ roles: { participant: { canSend: 'no' } } }, 'payload.roles.participant.canSend: expected boolean'],
    ['text', 'payload: expected object'],
    [[], 'payload: expected object'],
  ])('is invalid with the payload %j', (payload, misfit) => {
    expect(payloadOf({ name, conversationId, payload })).toEqual(invalid(name, misfit));
  });

  it('says all that is wrong at once', () => {
    expect(payloadOf({ name, payload: { name: 5, isPublic: 0 } })).toEqual(
      invalid(
        name,
        'conversationId: expected non-empty string',
        'payload.name: expected string',
        'payload.isPublic: expected boolean',
      ),
    );
  });
});

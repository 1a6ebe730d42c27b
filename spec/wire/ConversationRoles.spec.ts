import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import { ConversationPrivileges } from '../../lib/wire/ConversationPrivileges.js';
import { ConversationRoles } from '../../lib/wire/ConversationRoles.js';
import { obeysCodecContract } from './codecContract.js';

const all = { canSend: true, canAddParticipants: true, canRemoveParticipants: true };

describe('ConversationPrivileges', () => {
  obeysCodecContract(ConversationPrivileges, {
    good: [{}, all],
    bad: [[{ ...all, canSend: 'yes' }, ['canSend: expected boolean']]],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ConversationPrivileges>().toEqualTypeOf<{
      readonly canSend?: boolean;
      readonly canAddParticipants?: boolean;
      readonly canRemoveParticipants?: boolean;
    }>();
  });
});

describe('ConversationRoles', () => {
  obeysCodecContract(ConversationRoles, {
    good: [{}, { owner: all }, { owner: {}, participant: all }],
    bad: [[{ owner: null }, ['owner: expected ConversationPrivileges']]],
  });

  it('has exactly these fields', () => {
    expectTypeOf<ConversationRoles>().toEqualTypeOf<{
      readonly owner?: ConversationPrivileges;
      readonly participant?: ConversationPrivileges;
    }>();
  });
});

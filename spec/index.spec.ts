import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Observable, ObservableInput } from 'rxjs';
import * as door from '../lib/index.js';
import type {
  Client,
  ClientOptions,
  ComapiEvent,
  ConnectionStatus,
  Conversation,
  ConversationLog,
  ConversationMessageEvent,
  EventMap,
  EventStreams,
  Fault,
  From,
  MergedHistory,
  ParticipantAddedEventData,
  StoredSession,
  SyncStatus,
  UnknownEvent,
} from '../lib/index.js';

describe('comapi-rx', () => {
  it('exports these values, and no others', () => {
    expect(Object.keys(door).sort()).toEqual([
      'ComapiError',
      'ConversationDeletedEventData',
      'ConversationMessageEvent',
      'ConversationPrivileges',
      'ConversationRoles',
      'ConversationUndeletedEventData',
      'ConversationUpdatedEventData',
      'MessagePart',
      'MessageSentPayload',
      'MessageStatusUpdatePayload',
      'ParticipantAddedEventData',
      'ParticipantRemovedEventData',
      'ParticipantTypingEventData',
      'ParticipantTypingOffEventData',
      'ProfileUpdatedEvent',
      'createClient',
      'decodeFrame',
      'mergeHistory',
      'projectMessages',
      'projectPage',
      'webStorageSessionStore',
    ]);
  });

  it('knows the nine events by name', () => {
    expectTypeOf<keyof EventMap>().toEqualTypeOf<
      | 'conversationDeleted'
      | 'conversationUndeleted'
      | 'conversationUpdated'
      | 'participantAdded'
      | 'participantRemoved'
      | 'participantTyping'
      | 'participantTypingOff'
      | 'profileUpdated'
      | 'conversationMessageEvent'
    >();
    expectTypeOf<keyof EventStreams>().toEqualTypeOf<`${keyof EventMap}$`>();
    expectTypeOf<Client>().toExtend<EventStreams>();
    expect(door.createClient).toBeInstanceOf(Function);
  });

  it('tells the payload by the name', () => {
    expectTypeOf<Extract<ComapiEvent, { type: 'participantAdded' }>['payload']>().toEqualTypeOf<
      EventMap['participantAdded']
    >();
    expectTypeOf<EventMap['participantAdded']>().toEqualTypeOf<ParticipantAddedEventData>();
    expectTypeOf<Client['conversationMessageEvent$']>().toEqualTypeOf<Observable<ConversationMessageEvent>>();
    expect(door.ConversationMessageEvent.name).toBe('ConversationMessageEvent');
  });

  it('tells the payload of a message event by its name', () => {
    const textOf = (event: ConversationMessageEvent): string | undefined =>
      event.name === 'conversationMessage.sent' ? event.payload.parts?.[0]?.data : event.payload.timestamp;

    expectTypeOf(textOf).returns.toEqualTypeOf<string | undefined>();
    expect(
      textOf({
        conversationId: 'garden',
        conversationEventId: 0,
        name: 'conversationMessage.sent',
        payload: { messageId: 'm', parts: [{ data: 'text' }] },
      }),
    ).toBe('text');
  });

  it('gives a conversation and its log', () => {
    expectTypeOf<Client['conversation']>().toEqualTypeOf<(conversationId: string) => Conversation>();
    expectTypeOf<Conversation['messageEvents']>().toEqualTypeOf<
      (options?: From) => Observable<ConversationMessageEvent>
    >();
    expectTypeOf<ConversationLog>().toExtend<MergedHistory<ConversationMessageEvent>>();
    expectTypeOf<ConversationLog['others$']>().toEqualTypeOf<Observable<UnknownEvent>>();
    expectTypeOf<ConversationLog['status$']>().toEqualTypeOf<Observable<SyncStatus>>();
    expect(door.mergeHistory).toBeInstanceOf(Function);
  });

  it('tells what a status holds by its state', () => {
    const detailOf = (status: ConnectionStatus): number | Fault | undefined => {
      if (status.state === 'waiting') return status.cause;
      if (status.state === 'failed') return status.error.fault;
      return status.state === 'connected' ? status.since : undefined;
    };

    expect(detailOf({ state: 'connected', since: 7 })).toBe(7);
  });

  it('takes tokens in any of three ways', () => {
    type Token = string | null | undefined;
    type Answer = Token | ObservableInput<Token>;

    expectTypeOf<ReturnType<NonNullable<ClientOptions['getToken']>>>().toEqualTypeOf<Answer>();
    expectTypeOf<ReturnType<NonNullable<ClientOptions['authenticate']>>>().toEqualTypeOf<Answer>();
    expectTypeOf<NonNullable<ClientOptions['sessionStore']>['load']>().returns.toEqualTypeOf<
      ObservableInput<StoredSession | undefined>
    >();
    expect(door.webStorageSessionStore).toBeInstanceOf(Function);
  });

  it('lets nobody write to what it gives', () => {
    const change = (client: Client, event: ParticipantAddedEventData): void => {
      // @ts-expect-error Read only.
      event.profileId = 'bob';
      // @ts-expect-error Read only.
      client.status = { state: 'idle' };
      // @ts-expect-error Read only.
      client.events$ = client.unknownEvents$;
    };

    expect(change).toBeInstanceOf(Function);
  });
});

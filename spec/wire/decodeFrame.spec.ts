import { describe, expect, it, jest } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Either } from '#fp-ts/Either';
import * as E from '#fp-ts/Either';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import type { DecodeError } from '../../lib/wire/DecodeError.js';
import { decodeFrame, frameDecoder } from '../../lib/wire/decodeFrame.js';
import { samples } from '../../lib/wire/samples.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';
import { decoded, invalid, noon, payloadOf } from './decoded.js';

const failed = (kind: DecodeError['kind']) => ({ _tag: 'Left', left: { kind, errors: [] } });

describe('decodeFrame', () => {
  it('says event, payload and what else is known', () => {
    const { frame, payload } = samples.participantTyping;

    expect(decoded(frame)).toStrictEqual(
      E.right({
        type: 'participantTyping',
        payload,
        meta: {
          wireName: 'conversation.participantTyping',
          receivedAt: noon,
          publishedOn: '2026-01-05T09:20:00.020Z',
          eventId: '5b0a2f60-0006',
        },
      }),
    );
  });

  it('decodes bytes as it decodes text', () => {
    const text = JSON.stringify(samples.conversationMessageEvent.frame);
    const decode = frameDecoder({ now: () => noon });

    expect(decode(new TextEncoder().encode(text))).toStrictEqual(decode(text));
    expect(decode(Buffer.from(text))).toStrictEqual(decode(text));
  });

  it('takes the time from the clock of the system', () => {
    jest.useFakeTimers({ now: noon });

    expect(decodeFrame('{"name":"socket.info"}')).toMatchObject({ right: { meta: { receivedAt: noon } } });
    jest.useRealTimers();
  });

  it('has the type of the contract', () => {
    expectTypeOf(decodeFrame).toEqualTypeOf<
      (raw: unknown) => Either<DecodeError, ComapiEvent | UnknownEvent>
    >();
  });

  describe('what is no frame', () => {
    it.each([
      ['not-text', new Blob(['{"name":"socket.info"}'])],
      ['not-text', undefined],
      ['not-text', { name: 'socket.info' }],
      ['not-text', [Buffer.from('{}')]],
      ['not-text', new Uint8Array([0xff])],
      ['not-json', ''],
      ['not-json', 'OK'],
      ['not-json', '{"name":"socket.info"'],
      ['not-json', '\ufeff{"name":"socket.info"}'],
      ['not-json', new Uint8Array(0)],
      ['not-an-envelope', 'null'],
      ['not-an-envelope', '5'],
      ['not-an-envelope', '"socket.info"'],
      ['not-an-envelope', '[{"name":"socket.info"}]'],
      ['not-an-envelope', '{}'],
      ['not-an-envelope', '{"name":5}'],
      ['not-an-envelope', '{"__proto__":{"name":"socket.info"}}'],
    ] as const)('is %s: %j', (kind, raw) => {
      const result = frameDecoder({ now: () => noon })(raw);

      expect(result).toMatchObject(failed(kind));
      expect(result).toHaveProperty('left.meta', { receivedAt: noon });
      expect(result).not.toHaveProperty('left.wireName');
    });

    it('keeps what came', () => {
      expect(rawOf(decodeFrame('OK'))).toBe('OK');
    });

    it('takes a mebibyte of opening brackets for a value', () => {
      expect(decodeFrame('['.repeat(1_048_576))).toMatchObject(failed('not-json'));
    });

    it('takes a known name with a deeply nested payload for a value', () => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      const frame = (payload: string) => `{"name":"profile.update","payload":${payload}}`;

      expect(decodeFrame(frame(deep))).toMatchObject({ left: { kind: 'invalid-payload' } });
      expect(decodeFrame(frame(`{"deep":${deep}}`))).toHaveProperty('right.type', 'profileUpdated');
    });
  });

  describe('a frame that is too big', () => {
    const text = '{"name":"é"}';
    const length = new TextEncoder().encode(text).byteLength;

    it.each([[text], [new TextEncoder().encode(text)]])('is measured in bytes: %j', (raw) => {
      expect(frameDecoder({ now: Date.now, maxBytes: length })(raw)).toHaveProperty('right.wireName', 'é');
      expect(frameDecoder({ now: Date.now, maxBytes: length - 1 })(raw)).toMatchObject(failed('too-big'));
    });

    it('is one of more than a mebibyte, unless told otherwise', () => {
      const envelope = '{"name":"socket.info","a":""}';
      const filled = (bytes: number) => envelope.replace('""', `"${'a'.repeat(bytes - envelope.length)}"`);

      expect(decodeFrame(filled(1_048_576))).toHaveProperty('right.wireName', 'socket.info');
      expect(decodeFrame(filled(1_048_577))).toMatchObject(failed('too-big'));
    });

    it('is not parsed', () => {
      const parse = jest.spyOn(JSON, 'parse');
      frameDecoder({ now: Date.now, maxBytes: 1 })('{"name":"socket.info"}');

      expect(parse).not.toHaveBeenCalled();
      parse.mockRestore();
    });
  });

  describe('a name without a type', () => {
    it.each([
      '',
      ' ',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'socket.info',
      'conversation.create',
      'conversation.participantUpdated',
      'conversationMessage.delete',
      'conversation.delete.now',
      'conversation',
      'chat.delete',
      'Conversation.delete',
    ])('is an unknown event: %j', (name) => {
      const frame = { name, anything: [1, { a: null }] };

      expect(decoded(frame)).toStrictEqual(
        E.right({ wireName: name, frame, meta: { wireName: name, receivedAt: noon } }),
      );
    });

    it('has the facts of its envelope that can be read', () => {
      const frame = {
        name: 'conversationMessage.delete',
        eventId: 'e1',
        publishedOn: 'noon',
        conversationEventId: 0,
        payload: { conversationId: 'garden' },
      };

      expect(decoded(frame)).toStrictEqual(
        E.right({
          wireName: 'conversationMessage.delete',
          frame,
          meta: {
            wireName: 'conversationMessage.delete',
            receivedAt: noon,
            publishedOn: 'noon',
            eventId: 'e1',
          },
          conversationId: 'garden',
          conversationEventId: 0,
        }),
      );
    });

    it.each(['9007199254740993', '1e400', '-1', '1.5', '"12"', 'null'])('has no place %s', (place) => {
      expect(decoded(`{"name":"x","conversationEventId":${place}}`)).not.toHaveProperty(
        'right.conversationEventId',
      );
    });

    it('takes the id in the payload only for that of a conversation event', () => {
      const payload = { id: 'x' };

      expect(payloadOf({ name: 'conversation.create', payload })).toHaveProperty('conversationId', 'x');
      expect(payloadOf({ name: 'profile.create', payload })).not.toHaveProperty('conversationId');
    });
  });

  describe('an invalid payload', () => {
    it('says the name, the places and what was expected', () => {
      const name = 'conversation.participantAdded';

      expect(payloadOf({ name, payload: { role: 5 } })).toEqual(
        invalid(
          name,
          'conversationId: expected non-empty string',
          'payload.profileId: expected non-empty string',
          'payload.role: expected string',
        ),
      );
    });

    it('says no value', () => {
      const frame = { name: 'conversation.update', payload: { name: ['CANARY'], roles: 'CANARY' } };

      expect(JSON.stringify(payloadOf(frame))).not.toContain('CANARY');
    });

    it('knows when it came and what it was', () => {
      const text = '{"name":"profile.update","eventId":"e1","publishedOn":"noon"}';
      const result = decoded(text);

      expect(result).toHaveProperty('left.meta', { receivedAt: noon, publishedOn: 'noon', eventId: 'e1' });
      expect(rawOf(result)).toBe(text);
    });

    it('says little of a hundred thousand wrong parts', () => {
      const frame = {
        name: 'conversationMessage.sent',
        conversationId: 'c',
        conversationEventId: 1,
        payload: { messageId: 'm', parts: Array.from({ length: 100_000 }, () => 5) },
      };

      expect(payloadOf(frame)).toEqual(
        invalid('conversationMessage.sent', 'payload.parts.0: expected object'),
      );
    });
  });

  describe('with aliases', () => {
    const aliases = { conversation: ['conversation', 'chat'], conversationMessage: ['chatMessage'] };

    it('handles an alias as the name it stands for, and remembers it', () => {
      const frame = { name: 'chat.delete', payload: { id: 'garden' } };

      expect(decoded(frame, { aliases })).toStrictEqual(
        E.right({
          type: 'conversationDeleted',
          payload: { conversationId: 'garden' },
          meta: { wireName: 'chat.delete', receivedAt: noon },
        }),
      );
    });

    it('publishes message events under their canonical name', () => {
      const frame = {
        name: 'chatMessage.sent',
        conversationId: 'garden',
        conversationEventId: 0,
        payload: { messageId: 'm1' },
      };

      expect(decoded(frame, { aliases })).toMatchObject({
        right: { payload: { name: 'conversationMessage.sent' }, meta: { wireName: 'chatMessage.sent' } },
      });
    });

    it('still knows the canonical names', () => {
      expect(decoded(samples.conversationDeleted.frame, { aliases })).toHaveProperty(
        'right.type',
        'conversationDeleted',
      );
    });

    it('names a bad frame as it travelled', () => {
      expect(decoded({ name: 'chat.delete' }, { aliases })).toMatchObject({
        left: { wireName: 'chat.delete', errors: ['conversationId: expected non-empty string'] },
      });
    });

    it('finds the conversation of an unknown event under an alias too', () => {
      expect(decoded({ name: 'chat.create', payload: { id: 'garden' } }, { aliases })).toMatchObject({
        right: { wireName: 'chat.create', conversationId: 'garden' },
      });
    });
  });
});

const rawOf = (result: Either<DecodeError, unknown>): unknown =>
  E.isLeft(result) ? result.left.raw() : 'nothing went wrong';

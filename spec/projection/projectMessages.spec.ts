import { describe, expect, it } from '@jest/globals';
import { projectMessages } from '../../lib/projection/projectMessages.js';
import type { ConversationMessageEvent } from '../../lib/wire/event/conversationMessageEvent.js';
import { isLeft } from '#fp-ts/Either';
import { projectPage } from '../../lib/projection/projectPage.js';
import { decodeEventPage } from '../../lib/wire/EventPage.js';
import type { UnknownEvent } from '../../lib/wire/UnknownEvent.js';
import { ways } from './naiveReplay.js';

const sent = (position: number, fields: object = {}): ConversationMessageEvent => ({
  conversationId: 'garden',
  conversationEventId: position,
  name: 'conversationMessage.sent',
  payload: { messageId: `m${position}`, ...fields },
});

const status = (
  position: number,
  messageId: string,
  name: 'delivered' | 'read',
  timestamp?: string,
): ConversationMessageEvent => ({
  conversationId: 'garden',
  conversationEventId: position,
  name: `conversationMessage.${name}`,
  payload: {
    messageId,
    conversationId: 'garden',
    profileId: 'ann',
    ...(timestamp !== undefined && { timestamp }),
  },
});

const deleted = (
  position: number,
  messageId: string,
  wireName = 'conversationMessage.delete',
): UnknownEvent => ({
  wireName,
  frame: { name: wireName, payload: { messageId } },
  meta: { wireName, receivedAt: 0 },
  conversationEventId: position,
});

describe('projectMessages', () => {
  it('makes a message of what was sent', () => {
    const context = { from: { id: 'bob' }, sentBy: 'session:other', sentOn: '2026-01-05T09:40:00.000Z' };

    expect(projectMessages([sent(3, { parts: [{ data: 'hi' }], metadata: { a: 1 }, context })])).toEqual([
      {
        key: 'm3',
        id: 'm3',
        sentEventId: 3,
        sender: 'bob',
        sentOn: '2026-01-05T09:40:00.000Z',
        parts: [{ data: 'hi' }],
        metadata: { a: 1 },
        statusUpdates: {},
        state: 'sent',
      },
    ]);
  });

  it('has no key for what is not known', () => {
    const [message] = projectMessages([sent(0)]);

    expect(message).toStrictEqual({
      key: 'm0',
      id: 'm0',
      sentEventId: 0,
      parts: [],
      statusUpdates: {},
      state: 'sent',
    });
  });

  it('takes the session out of the sender', () => {
    const senders = [
      { sentBy: 'session:bob' },
      { sentBy: 'bob' },
      { from: {}, sentBy: 'bob' },
      { from: { id: 'b' } },
    ];

    expect(
      projectMessages(senders.map((context, position) => sent(position, { context }))).map(
        ({ sender }) => sender,
      ),
    ).toEqual(['bob', 'bob', 'bob', 'b']);
  });

  it('lets read beat delivered, and the first time of the winning one count', () => {
    const events = [
      sent(0),
      status(1, 'm0', 'delivered', '1'),
      status(2, 'm0', 'read', '2'),
      status(3, 'm0', 'read', '3'),
      status(4, 'm0', 'delivered', '4'),
    ];

    for (const told of [events, events.toReversed(), [...events, ...events]]) {
      expect(projectMessages(told)[0]?.statusUpdates).toEqual({ ann: { status: 'read', on: '2' } });
    }
  });

  it('takes the first by the log, whatever time a reader claims', () => {
    const events = [sent(0), status(2, 'm0', 'read', '2020'), status(1, 'm0', 'read', '2026')];

    expect(projectMessages(events)[0]?.statusUpdates).toEqual({ ann: { status: 'read', on: '2026' } });
  });

  it('leaves deleted messages where they were', () => {
    const messages = projectMessages([sent(0), sent(1), deleted(2, 'm0')]);

    expect(messages.map(({ id, state }) => [id, state])).toEqual([
      ['m0', 'deleted'],
      ['m1', 'sent'],
    ]);
  });

  it('is not led astray by other unknown events', () => {
    const odd = [
      deleted(2, 'm0', 'conversationMessage.deleteSoon'),
      { ...deleted(3, 'm0'), frame: { payload: null } },
      { ...deleted(4, 'm0'), frame: 'delete' },
      { ...deleted(5, ''), frame: { payload: { messageId: '' } } },
    ];

    expect(projectMessages([sent(0), ...odd]).map(({ state }) => state)).toEqual(['sent']);
  });

  it('leaves out what happened to messages that are not there', () => {
    expect(projectMessages([status(1, 'm0', 'read'), deleted(2, 'm7')])).toEqual([]);
  });

  it.each(ways.map((way, index) => [index, way('bob', '2026-01-05T09:40:00.000Z')] as const))(
    'makes of an event what projectPage makes of the same message in a page, way %s of writing it',
    (_index, said) => {
      const item = {
        conversationEventId: 3,
        name: 'conversationMessage.sent',
        payload: { messageId: 'm3', ...said },
      };
      const events = decodeEventPage([item], 'garden', () => 0);
      if (isLeft(events)) throw new Error(events.left);
      const page = { latestEventId: 3, earliestEventId: 0, orphanedEvents: [] };
      const messages = [{ id: 'm3', sentEventId: 3, statusUpdates: {}, ...said }];

      const projected = projectMessages([...events.right.page.events, ...events.right.page.others]);

      expect(projected).toHaveLength(1);
      expect(projected).toStrictEqual(projectPage({ ...page, messages }));
    },
  );

  it('shows no metadata where there is nothing in it: pages cannot tell', () => {
    const messages = projectMessages(
      [undefined, null, {}, [], '', 0].map((metadata, at) => sent(at, { metadata })),
    );

    expect(messages.map(({ metadata }) => metadata)).toEqual([undefined, undefined, undefined, [], '', 0]);
    expect(messages.filter((message) => 'metadata' in message)).toHaveLength(3);
  });
});

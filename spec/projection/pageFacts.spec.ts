import { describe, expect, it } from '@jest/globals';
import { isPageIncomplete, pageFacts } from '../../lib/projection/pageFacts.js';
import { projectPage } from '../../lib/projection/projectPage.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString();
const item = (id: string, minute: number, fields: object = {}): object => ({
  id,
  context: { sentBy: 'session:bob', sentOn: at(minute) },
  statusUpdates: {},
  ...fields,
});
const page = (messages: readonly object[], orphanedEvents: readonly object[] = []) => ({
  earliestEventId: 10,
  latestEventId: 20,
  messages,
  orphanedEvents,
});

describe('a page of messages', () => {
  it('says what was sent, and what happened to it and to older ones', () => {
    const shown = item('m1', 0, { sentEventId: 12, statusUpdates: { ann: { status: 'read', on: at(1) } } });
    const orphans = [
      {
        id: 14,
        data: { name: 'delivered', profileId: 'ann', payload: { messageId: 'm0', timestamp: at(2) } },
      },
      { id: 13, data: { name: 'delete', payload: { messageId: 'm0' } } },
      { eventId: 'odd', name: 'delivered' },
    ];

    expect(pageFacts(page([shown, {}], orphans))).toEqual([
      { kind: 'sent', messageId: 'm1', place: { at: 12, from: 12, to: 12 }, sender: 'bob', sentOn: at(0) },
      { kind: 'status', messageId: 'm1', profileId: 'ann', status: 'read', on: at(1) },
      { kind: 'status', messageId: 'm0', profileId: 'ann', status: 'delivered', position: 14, on: at(2) },
      { kind: 'deleted', messageId: 'm0' },
    ]);
  });

  it('puts a message without a position between its neighbours by time', () => {
    const items = [
      item('c', 3),
      item('b', 2, { sentEventId: 14 }),
      item('d', 4, { sentEventId: 17 }),
      item('a', 1),
      item('c2', 3),
    ];

    expect(projectPage(page(items)).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'c2', 'd']);
  });

  it('puts them in order of time where no positions are known', () => {
    const messages = projectPage(page([item('b', 2), item('a', 1), item('c', 3)]));

    expect(messages.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(messages.map(({ sentEventId }) => sentEventId)).toEqual([undefined, undefined, undefined]);
  });

  it('knows the position of the one message that a page of one position shows', () => {
    const [message] = projectPage({ ...page([item('a', 1)]), earliestEventId: 20 });

    expect(message?.sentEventId).toBe(20);
  });

  it('tells whether positions or statuses were left out', () => {
    expect(isPageIncomplete(page([item('a', 1, { sentEventId: 11 })]))).toBe(false);
    expect(isPageIncomplete(page([item('a', 1)]))).toBe(true);
    expect(isPageIncomplete(page([{ ...item('a', 1, { sentEventId: 11 }), statusUpdates: null }]))).toBe(
      true,
    );
  });
});

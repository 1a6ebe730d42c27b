import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conversationBook, type ConversationBook } from '../../lib/projection/conversationBook.js';
import { messagePreview } from '../../lib/projection/messagePreview.js';
import type { ComapiEvent } from '../../lib/wire/ComapiEvent.js';
import { at, dated, eventOf } from '../support/eventOf.js';
import { added, deleted, removed, sentBy } from '../support/frames.js';

const ME = 'me';
const bookOf = (): ConversationBook => conversationBook({ me: () => ME, graceMs: 2_000, lookMs: 60_000 });

interface Fact {
  readonly room: string;
  readonly kind: 'sent' | 'read' | 'name' | 'in' | 'out';
  readonly who: string;
  /** Position of a message, the message that is read, and the second at which it happens. */
  readonly second: number;
}

const ROOMS = ['attic', 'barn', 'cellar'];
const LIST = ROOMS.map((id) => ({ id, name: id, updatedOn: at(0) }));

const eventFor = ({ room, kind, who, second }: Fact): ComapiEvent => {
  switch (kind) {
    case 'sent':
      return eventOf(sentBy(who, second, { conversationId: room, sentOn: at(second) }));
    case 'read':
      return eventOf({
        name: 'conversationMessage.read',
        conversationId: room,
        conversationEventId: 1_000 + second,
        payload: { messageId: `m${second}`, conversationId: room, profileId: who },
      });
    case 'name':
      return dated(
        { name: 'conversation.update', conversationId: room, payload: { name: `n${second}` } },
        second,
      );
    case 'in':
      return dated(added(ME, room), second);
    case 'out':
      return dated(removed(ME, room), second);
  }
};

const fact = fc.record({
  room: fc.constantFrom(...ROOMS),
  kind: fc.constantFrom<Fact['kind'][]>('sent', 'sent', 'read', 'name', 'in', 'out'),
  who: fc.constantFrom('me', 'bob', 'cat'),
  second: fc.integer({ min: 1, max: 60 }),
});

const facts = fc.uniqueArray(fact, {
  // No two things happen to one room in the same second, but reading what was sent in it.
  selector: ({ room, kind, second, who }) =>
    kind === 'read' ? `read ${room} ${second} ${who}` : `${room} ${second}`,
  maxLength: 40,
});

/** The same question, answered without a line of the book. */
const naive = (all: readonly Fact[]) => {
  const inOrder = all.toSorted((a, b) => a.second - b.second);
  return ROOMS.flatMap((id) => {
    const here = inOrder.filter(({ room }) => room === id);
    const isOut = here.findLast(({ kind }) => kind === 'in' || kind === 'out')?.kind === 'out';
    const sent = here.filter(({ kind }) => kind === 'sent');
    const read = new Set(
      here.filter(({ kind, who }) => kind === 'read' && who === ME).map(({ second }) => second),
    );
    const name = here.findLast(({ kind }) => kind === 'name');
    return isOut
      ? []
      : [
          {
            id,
            name: name === undefined ? id : `n${name.second}`,
            latest: sent.at(-1)?.second,
            unread: sent.filter(({ who, second }) => who !== ME && !read.has(second)).length,
          },
        ];
  }).toSorted((a, b) => (b.latest ?? 0) - (a.latest ?? 0) || (a.id < b.id ? -1 : 1));
};

const shown = (book: ConversationBook) =>
  (book.summaries() ?? []).map(({ id, name, latestSentEventId, unread }) => ({
    id,
    name,
    latest: latestSentEventId,
    unread,
  }));

describe('a book of conversations', () => {
  it('knows by its message where a delete belongs that does not say', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.heard(eventOf(sentBy('bob', 5, { conversationId: 'barn', sentOn: at(5) })), 1);
    const wireName = 'conversationMessage.delete';

    book.heard({ wireName, frame: { payload: { messageId: 'm5' } }, meta: { wireName, receivedAt: 2 } }, 2);

    expect(book.summaries()?.[0]).toMatchObject({ id: 'barn', latestMessage: { state: 'deleted' } });
  });

  it('counts nothing as unread that was read before it was heard of, though the page that follows knows neither', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.heard(eventFor({ room: 'barn', kind: 'read', who: ME, second: 45 }), 0);
    book.marked({ conversationId: 'cellar', messageIds: ['m45'], status: 'read' }, 0);
    for (const id of ROOMS) book.paged(id, [], 0);

    book.heard(eventFor({ room: 'barn', kind: 'sent', who: 'cat', second: 45 }), 0);
    book.heard(eventFor({ room: 'cellar', kind: 'sent', who: 'cat', second: 45 }), 0);

    expect(shown(book)).toMatchObject([
      { id: 'barn', unread: 0 },
      { id: 'cellar', unread: 0 },
      { id: 'attic' },
    ]);
  });

  it('keeps what it hears of a conversation that no list has named yet', () => {
    const book = bookOf();
    book.heard(eventFor({ room: 'barn', kind: 'read', who: ME, second: 7 }), 0);
    book.heard(eventFor({ room: 'barn', kind: 'sent', who: 'bob', second: 7 }), 0);
    book.heard(eventFor({ room: 'barn', kind: 'sent', who: 'bob', second: 8 }), 0);
    book.heard(eventFor({ room: 'barn', kind: 'name', who: 'bob', second: 9 }), 0);

    book.listed(LIST, 0);
    // As it was before anything was said.
    book.paged('barn', [], 0);

    expect(book.summaries()?.[0]).toMatchObject({
      id: 'barn',
      name: 'n9',
      latestSentEventId: 8,
      latestMessage: { id: 'm8' },
      unread: 1,
    });
  });

  it('keeps what it heard of a hundred that no list has named, when a list names another one before them', () => {
    const book = bookOf();
    const rooms = Array.from({ length: 100 }, (_, index) => `r${index}`);
    for (const [index, conversationId] of rooms.entries()) {
      book.heard(eventOf(sentBy('bob', index, { conversationId, sentOn: at(index) })), 1_000);
    }

    book.listed([{ id: 'new' }, ...rooms.map((id) => ({ id }))], 2_000);

    expect(book.summaries()?.filter(({ latestMessage }) => latestMessage !== undefined)).toHaveLength(100);
  });

  it('wants the page of a conversation far down in which something was said before it was listed', () => {
    const book = bookOf();
    const others = Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, updatedOn: at(100) }));
    book.heard(eventFor({ room: 'barn', kind: 'sent', who: 'bob', second: 7 }), 0);

    book.listed([...others, { id: 'barn', updatedOn: at(1) }], 0);

    expect(book.takeWanted(0)).toContain('barn');
  });

  it('wants one page a minute once more, the oldest first, and those with something unread four times as often', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.takeWanted(0);
    for (const id of ROOMS) book.paged(id, [], 0);
    book.heard(eventFor({ room: 'cellar', kind: 'sent', who: 'bob', second: 1 }), 0);

    const wanted = Array.from({ length: 20 }, (_, index) => book.takeWanted(index * 30_000));

    const MINUTES = ['cellar', 'cellar', 'cellar', 'cellar', 'attic', 'cellar', 'barn', 'cellar', 'cellar'];
    expect(wanted.filter((ids) => ids.length > 1)).toEqual([]);
    expect(wanted.flat()).toEqual(MINUTES);
  });

  it('wants once more a page that could not be read, after a while', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.takeWanted(0);
    for (const id of ['attic', 'cellar']) book.paged(id, [], 0);

    expect([30_000, 60_000, 90_000].map(book.takeWanted)).toEqual([[], ['barn'], []]);
  });

  it('wants the page of a conversation that I have come back to: much may have happened meanwhile', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.takeWanted(0);
    for (const id of ROOMS) book.paged(id, [], 0);

    book.heard(eventFor({ room: 'barn', kind: 'out', who: ME, second: 1 }), 1_000);
    book.heard(eventFor({ room: 'barn', kind: 'in', who: ME, second: 2 }), 2_000);

    expect([book.takeWanted(2_000), book.takeWanted(2_001)]).toEqual([['barn'], []]);
  });

  it('takes out nothing for an event that comes again after a list has named it', () => {
    const book = bookOf();
    const gone = dated(deleted('barn'), 1);
    book.listed(LIST, 0);
    book.heard(gone, 1_000);
    book.heard(dated({ ...deleted('barn'), name: 'conversation.undelete' }, 2), 2_000);
    book.listed(LIST, 10_000);

    book.heard(gone, 11_000);

    expect(book.summaries()?.map(({ id }) => id)).toEqual(ROOMS);
  });

  it('looks for a conversation in which something is said after it was settled that I am not in it', () => {
    const book = bookOf();
    book.listed(LIST, 0);
    book.heard(dated(removed(ME, 'barn'), 1), 1_000);
    book.listed(
      LIST.filter(({ id }) => id !== 'barn'),
      10_000,
    );

    expect(book.heard(eventFor({ room: 'barn', kind: 'sent', who: 'bob', second: 11 }), 11_000)).toBe('now');
  });

  it('shows the same for the same facts in any order, however often each comes, and whenever they are read', () => {
    const story = facts.chain((all) => {
      const told = [...all, ...all];
      return fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(told, { minLength: told.length, maxLength: told.length }),
        fc.nat(told.length),
      );
    });

    fc.assert(
      fc.property(story, ([all, told, readAfter]) => {
        const book = bookOf();
        book.listed(LIST, 0);
        told.forEach((each, index) => {
          // An empty page, which was asked for before anything was heard, takes nothing away.
          if (index === readAfter) for (const id of ROOMS) book.paged(id, [], 0);
          book.heard(eventFor(each), 0);
        });
        for (const id of ROOMS) book.paged(id, [], 0);

        const expected = naive(all);
        // Of the same second, whose message is known comes first, and then it is by id.
        expect(shown(book)).toEqual(expected);
      }),
    );
  });

  it('shows nothing before the first list, but remembers what it heard', () => {
    const book = bookOf();
    book.heard(eventOf(removed(ME, 'attic')), 1_000);

    expect([book.summaries(), book.takeWanted(0)]).toEqual([undefined, []]);
    book.listed(LIST, 2_000);
    expect(book.summaries()?.map(({ id }) => id)).toEqual(['barn', 'cellar']);
  });

  it('keeps a summary where a list says the same in another order', () => {
    const book = bookOf();
    const owner = { canSend: true, canAddParticipants: false };
    book.listed([{ id: 'attic', participantCount: 2, roles: { owner } }], 0);
    book.heard(
      dated(
        { name: 'conversation.update', conversationId: 'attic', payload: { name: 'A', roles: { owner } } },
        1,
      ),
      0,
    );
    const before = book.summaries();

    const again = { canAddParticipants: false, canSend: true };
    book.listed([{ roles: { owner: again }, name: 'A', id: 'attic', participantCount: 2 }], 10_000);

    expect(before).toMatchObject([{ name: 'A' }]);
    expect(book.summaries()?.[0]).toBe(before?.[0]);
  });

  it('names each conversation once whose page should be read', () => {
    const book = bookOf();
    book.listed(LIST, 0);

    expect([book.takeWanted(0), book.takeWanted(1)]).toEqual([ROOMS, []]);
    book.outdated(500);
    expect([book.takeWanted(500), book.takeWanted(501)]).toEqual([ROOMS, []]);
  });

  it('asks for no more than forty pages at the top, though each shows that another belongs there', () => {
    const book = bookOf();
    const list = Array.from({ length: 100 }, (_, index) => ({
      id: `c${index}`,
      updatedOn: at(1_000 - index),
    }));
    book.listed(list, 0);
    const asked: string[] = [];

    for (let next = book.takeWanted(0); next.length > 0; next = book.takeWanted(0)) {
      asked.push(...next);
      for (const id of next) {
        const old = { id: 'm', sentEventId: 0, context: { from: { id: 'bob' }, sentOn: at(1) }, parts: [] };
        book.paged(id, [{ earliestEventId: 0, latestEventId: 0, messages: [old], orphanedEvents: [] }], 0);
      }
    }

    expect(asked).toHaveLength(40);
  });
});

describe('a preview', () => {
  it('counts a thousand unread messages at most', () => {
    const preview = messagePreview();
    preview.read([], 0);

    for (let position = 0; position < 1_100; position += 1) {
      const messageId = `m${position}`;
      const place = { at: position, from: position, to: position };
      preview.heard({ kind: 'sent', messageId, place, sender: 'bob' }, { position, at: 0 });
    }

    expect(preview.unreadBy(ME)).toBe(1_000);
    expect(preview.latestMessage?.id).toBe('m1099');
  });

  it('counts on where a reading touches what is known', () => {
    const preview = messagePreview();
    const pageTo = (latestEventId: number) => ({
      earliestEventId: latestEventId - 1,
      latestEventId,
      messages: [latestEventId, latestEventId - 1].map((position) => ({
        id: `m${position}`,
        sentEventId: position,
        statusUpdates: {},
        context: { from: { id: 'bob' } },
      })),
      orphanedEvents: [],
    });
    const countAfter = (latest: number, since: number): number => {
      preview.read([pageTo(latest)], since);
      return preview.unreadBy(ME);
    };

    expect([2, 4, 6, 7].map((latest) => countAfter(latest, 0))).toEqual([2, 4, 6, 7]);
    // Nothing between 7 and 98 is known.
    expect(countAfter(99, 1_000)).toBe(2);
    // A server that is behind answers last; but what it has not caught up with for so long is another log.
    expect([countAfter(98, 2_000), preview.latestMessage?.id]).toEqual([3, 'm99']);
    expect([countAfter(98, 60_000), preview.latestMessage?.id]).toEqual([2, 'm98']);
  });

  it('begins anew with a reading, and keeps what came while it was under way', () => {
    const preview = messagePreview();
    const sent = (position: number, heardAt: number): void =>
      preview.heard(
        {
          kind: 'sent',
          messageId: `m${position}`,
          place: { at: position, from: position, to: position },
          sender: 'bob',
        },
        { position, at: heardAt },
      );
    sent(0, 1_000);
    sent(1, 2_000);

    preview.read([{ earliestEventId: 0, latestEventId: 1, messages: [], orphanedEvents: [] }], 2_000);

    expect([preview.unreadBy(ME), preview.latestMessage?.id, preview.top]).toEqual([1, 'm1', 1]);
  });

  it('keeps what was heard a while ago where a page does not reach so far yet', () => {
    const preview = messagePreview();
    const place = { at: 1, from: 1, to: 1 };
    preview.heard({ kind: 'sent', messageId: 'm1', place, sender: 'bob' }, { position: 1, at: 1_000 });

    preview.read([{ earliestEventId: 0, latestEventId: 0, messages: [], orphanedEvents: [] }], 2_000);

    expect([preview.unreadBy(ME), preview.latestMessage?.id]).toEqual([1, 'm1']);
  });
});

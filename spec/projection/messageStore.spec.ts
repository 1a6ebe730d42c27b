import { describe, expect, it } from '@jest/globals';
import { type MessageFact, placeAt } from '../../lib/projection/MessageFact.js';
import { createMessageStore } from '../../lib/projection/messageStore.js';

const ALL = { from: 0, to: Infinity };
const read: MessageFact = { kind: 'status', messageId: 'm1', profileId: 'ann', status: 'read', on: 'noon' };
const sent: MessageFact = { kind: 'sent', messageId: 'm1', sender: 'bob' };

describe('a message store', () => {
  it.each<[string, readonly MessageFact[], MessageFact]>([
    ['a status that a page sums up, after the log has told it', [{ ...read, position: 7 }], read],
    [
      'a narrower place, still not an exact one',
      [{ ...sent, place: { at: 3, from: 0, to: 9 } }],
      { ...sent, place: { at: 4, from: 3, to: 5 } },
    ],
  ])('keeps a message for which nothing is shown anew: %s', (_what, before, fact) => {
    const store = createMessageStore();
    for (const known of [sent, ...before]) store.take(known);
    const [message] = store.within(ALL).value;

    store.take(fact);

    expect(store.within(ALL).value[0]).toBe(message);
  });

  it('finds a message again that others have moved', () => {
    const store = createMessageStore();
    for (const at of [5, 3, 9, 1, 7]) {
      store.take({ kind: 'sent', messageId: `m${at}`, place: placeAt(at) });
    }
    store.forget(ALL, 'oldest', 1);

    for (const at of [9, 3, 7, 5]) store.take({ kind: 'deleted', messageId: `m${at}` });

    expect(store.within(ALL).value.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'm3 deleted',
      'm5 deleted',
      'm7 deleted',
      'm9 deleted',
    ]);
  });

  it('shows what the log says of a message of mine, and not what I wrote, whichever comes first', () => {
    const draft: MessageFact = {
      ...sent,
      sender: 'me',
      parts: [{ data: 'hi' }],
      metadata: { a: 1 },
      isDraft: true,
    };
    const logged: MessageFact = { ...sent, sender: 'bob', sentOn: 'noon', parts: [{ data: 'hi', size: 2 }] };

    const shown = [
      [draft, logged],
      [logged, draft],
      [draft, logged, draft],
    ].map((facts) => {
      const store = createMessageStore();
      for (const fact of facts) store.take(fact);
      return store.within(ALL).value;
    });

    const { parts, sender, sentOn } = logged;
    // Of what the log leaves out, my own word has to do.
    const expected = {
      key: 'm1',
      id: 'm1',
      sender,
      sentOn,
      parts,
      metadata: { a: 1 },
      statusUpdates: {},
      state: 'sent',
    };
    expect(shown).toEqual([[expected], [expected], [expected]]);
  });
});

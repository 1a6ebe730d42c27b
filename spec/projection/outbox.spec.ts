import { describe, expect, it } from '@jest/globals';
import type { MessageFact, SentFact } from '../../lib/projection/MessageFact.js';
import { placeAt } from '../../lib/projection/MessageFact.js';
import { createOutbox, type Outbox } from '../../lib/projection/outbox.js';

const outboxOf = (
  changed: () => void = () => undefined,
): { readonly outbox: Outbox; readonly known: readonly MessageFact[] } => {
  const known: MessageFact[] = [];
  let keys = 0;
  const outbox = createOutbox({
    newKey: () => `key ${(keys += 1)}`,
    know: (fact) => known.push(fact),
    changed,
  });
  return { outbox, known };
};

const said = (messageId: string, position: number, data = 'ok', sender = 'me'): SentFact => ({
  kind: 'sent',
  messageId,
  place: placeAt(position),
  sender,
  parts: [{ name: 'body', type: 'text/plain', data, size: 2 }],
  metadata: {},
});

describe('an outbox', () => {
  it('does not take for a message what stood in the log before it was sent', () => {
    const { outbox, known } = outboxOf();
    outbox.reached(7);
    const key = outbox.begin('ok', 'me');

    outbox.seen(said('old', 7));
    expect(outbox.unsent).toHaveLength(1);
    expect(outbox.failed(key)).toBeUndefined();
    outbox.seen(said('old', 7));

    expect(outbox.unsent).toMatchObject([{ key, state: 'failed' }]);
    expect(known).toEqual([]);
  });

  it('takes what came after, once', () => {
    const { outbox, known } = outboxOf();
    outbox.reached(7);
    const key = outbox.begin('ok', 'me');

    outbox.seen(said('new', 8));
    outbox.seen(said('other', 9));

    expect(outbox.unsent).toEqual([]);
    expect(known).toEqual([{ kind: 'key', messageId: 'new', key }]);
    expect(outbox.failed(key)).toEqual({ id: 'new', eventId: 8 });
  });

  it.each([
    ['what another says', said('m', 8, 'ok', 'bob')],
    ['what says something else', said('m', 8, 'no')],
    ['what says it with other metadata', { ...said('m', 8), metadata: { a: 1 } }],
  ])('does not take %s', (_what, fact) => {
    const { outbox } = outboxOf();
    outbox.reached(7);
    outbox.begin('ok', 'me');

    outbox.seen(fact);

    expect(outbox.unsent).toHaveLength(1);
  });

  it('sends nothing again that came after it had failed', () => {
    const { outbox } = outboxOf();
    outbox.reached(7);
    const key = outbox.begin('ok', 'me');
    outbox.failed(key);

    outbox.seen(said('new', 8));

    expect(outbox.unsent).toEqual([]);
    expect(outbox.retry(key)).toBeUndefined();
  });

  it('lets two that say the same change places when the answers name them the other way round', () => {
    const shownKeys: string[] = [];
    const { outbox, known } = outboxOf(() => {
      shownKeys.push(outbox.keys.map(({ messageId, key }) => `${messageId} as ${key}`).join(', '));
    });
    outbox.reached(7);
    const first = outbox.begin('ok', 'me');
    const second = outbox.begin('ok', 'me');
    outbox.seen(said('m8', 8));
    outbox.seen(said('m9', 9));
    shownKeys.length = 0;

    outbox.accepted(first, { id: 'm9', eventId: 9 });

    expect(outbox.unsent).toEqual([]);
    expect(new Set(shownKeys)).toEqual(new Set(['m9 as key 1, m8 as key 2']));
    expect(known.at(-1)).toEqual({ kind: 'key', messageId: 'm8', key: second });
    expect(outbox.failed(second)).toEqual({ id: 'm8', eventId: 8 });
  });

  it('knows all of the newest page that came after, not only its last message', () => {
    const { outbox } = outboxOf();
    outbox.reached(7);
    const keys = [outbox.begin('one', 'me'), outbox.begin('two', 'me')];

    outbox.opened(() => [
      said('m7', 7, 'one'),
      said('m8', 8, 'one'),
      said('m9', 9, 'two'),
      said('m10', 10, 'one'),
    ]);

    expect(outbox.unsent).toEqual([]);
    expect(outbox.keys.map(({ messageId, key }) => [messageId, key])).toEqual([
      ['m8', keys[0]],
      ['m9', keys[1]],
    ]);
  });

  it('knows the newest of a page for what was sent before the log was known, as many as there are', () => {
    const { outbox } = outboxOf();
    const keys = ['one', 'two', 'two'].map((text) => outbox.begin(text, 'me'));

    outbox.opened(() => [
      said('m5', 5, 'one'),
      said('m6', 6, 'no'),
      said('m7', 7, 'one'),
      said('m8', 8, 'two'),
      said('m9', 9, 'two'),
    ]);

    expect(outbox.unsent).toEqual([]);
    expect(new Map(outbox.keys.map(({ messageId, key }) => [messageId, key]))).toEqual(
      new Map([
        ['m7', keys[0]],
        ['m8', keys[1]],
        ['m9', keys[2]],
      ]),
    );
  });

  it('takes what comes after the log became known for what was sent before', () => {
    const { outbox } = outboxOf();
    const key = outbox.begin('ok', 'me');
    outbox.opened(() => [said('m7', 7, 'no')]);
    outbox.reached(7);

    outbox.failed(key);
    outbox.seen(said('m8', 8));

    expect(outbox.unsent).toEqual([]);
  });

  it('takes what comes after it is sent again for what failed before the log was known', () => {
    const { outbox } = outboxOf();
    const key = outbox.begin('ok', 'me');
    outbox.opened(() => [said('m7', 7)]);
    outbox.reached(7);
    outbox.failed(key);

    outbox.retry(key);
    outbox.seen(said('m8', 8));

    expect(outbox.failed(key)).toEqual({ id: 'm8', eventId: 8 });
  });

  it('tells also that a message is no longer known by the key of another', () => {
    const { outbox } = outboxOf();
    const key = outbox.begin('ok', 'me');
    outbox.opened(() => [said('m7', 7)]);
    outbox.failed(key);

    expect(outbox.keys).toEqual([{ kind: 'key', messageId: 'm7', key: 'm7' }]);
  });

  it('keeps the keys of the last thousand', () => {
    const { outbox } = outboxOf();
    for (let count = 0; count < 1_100; count += 1) {
      outbox.accepted(outbox.begin('ok', 'me'), { id: `m${count}` });
    }

    expect(outbox.keys).toHaveLength(1_000);
    expect(outbox.keys.at(-1)).toEqual({ kind: 'key', messageId: 'm1099', key: 'key 1100' });
  });
});

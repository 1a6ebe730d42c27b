import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import * as E from '#fp-ts/Either';
import { pipe } from '#fp-ts/function';
import { decodeEventPage, eventPageDecoder } from '../../lib/wire/EventPage.js';
import { samples } from '../../lib/wire/samples.js';
import { noon } from './decoded.js';
import { mutatedFrame } from './mutatedFrame.js';

const conversationId = 'garden';
const sent = (conversationEventId: unknown, rest: object = {}) => ({
  eventId: `e${String(conversationEventId)}`,
  name: 'conversationMessage.sent',
  conversationId,
  conversationEventId,
  payload: { messageId: `m${String(conversationEventId)}` },
  ...rest,
});

/** The ids of a page by what became of the items, and the kinds of what was skipped. */
const sorted = (body: unknown) =>
  pipe(
    decodeEventPage(body, conversationId, () => noon),
    E.map(({ page: { events, others, highestId }, skipped }) => ({
      events: events.map((event) => event.conversationEventId),
      others: others.map((event) => event.conversationEventId),
      skipped: skipped.map(({ kind }) => kind),
      highestId,
    })),
    E.toUnion,
  );

const touched = {
  get: () => {
    throw new Error('touched');
  },
};
const throws = new Proxy({}, touched);
const revoked = Proxy.revocable([], {});
revoked.revoke();

describe('decodeEventPage', () => {
  it('decodes the message events of a page', () => {
    const delivered = {
      name: 'conversationMessage.delivered',
      conversationEventId: 1,
      payload: { messageId: 'm0', conversationId, profileId: 'ann' },
    };

    expect(decodeEventPage([sent(0), delivered], conversationId, () => noon)).toStrictEqual(
      E.right({
        page: {
          events: [
            {
              eventId: 'e0',
              conversationId,
              conversationEventId: 0,
              name: 'conversationMessage.sent',
              payload: { messageId: 'm0' },
            },
            {
              conversationId,
              conversationEventId: 1,
              name: 'conversationMessage.delivered',
              payload: { messageId: 'm0', conversationId, profileId: 'ann' },
            },
          ],
          others: [],
          highestId: 1,
        },
        skipped: [],
        placeless: 0,
      }),
    );
  });

  it('has no highest id on an empty page', () => {
    expect(decodeEventPage([], conversationId, () => noon)).toStrictEqual(
      E.right({ page: { events: [], others: [] }, skipped: [], placeless: 0 }),
    );
  });

  it.each([
    ['null', null],
    ['nothing', undefined],
    ['an object', {}],
    ['text', '[]'],
    ['an object with a length', { length: 0 }],
    ['a revoked proxy', revoked.proxy],
    ['an array that throws when touched', new Proxy([], touched)],
  ])('says in a sentence that %s is no page', (_what, body) => {
    expect(sorted(body)).toBe('The page of events is not an array.');
  });

  it('counts items without a type as settled', () => {
    const page = [
      sent(3),
      sent(4, { name: 'conversationMessage.delete' }),
      { ...sent(5), name: 'conversation.participantAdded', payload: { profileId: 'bob' } },
      sent(6, { name: '__proto__' }),
    ];

    expect(sorted(page)).toEqual({ events: [3], others: [4, 5, 6], skipped: [], highestId: 6 });
  });

  it('shows the item itself in what it does not understand', () => {
    const item = { name: 'conversationMessage.delete', conversationEventId: 4, payload: { messageId: 'm1' } };

    expect(decodeEventPage([item], conversationId, () => noon)).toHaveProperty('right.page.others', [
      {
        wireName: 'conversationMessage.delete',
        frame: item,
        meta: { wireName: 'conversationMessage.delete', receivedAt: noon },
        conversationId,
        conversationEventId: 4,
      },
    ]);
  });

  it('counts an unusable item as settled, and reports it', () => {
    const page = [
      sent(3, { payload: {} }),
      sent(4, { payload: null }),
      { conversationId, conversationEventId: 5 },
    ];

    expect(sorted(page)).toEqual({
      events: [],
      others: [3, 4, 5],
      skipped: ['invalid-payload', 'invalid-payload', 'not-an-envelope'],
      highestId: 5,
    });
    expect(decodeEventPage(page, conversationId, () => noon)).toHaveProperty('right.skipped.0.errors', [
      'payload.messageId: expected non-empty string',
    ]);
  });

  it.each([[undefined], ['12'], [-1], [1.5], [2 ** 53], [Number.POSITIVE_INFINITY]])(
    'only reports an item with the id %j',
    (id) => {
      expect(sorted([sent(1), sent(id), sent(2)])).toEqual({
        events: [1, 2],
        others: [],
        skipped: ['invalid-payload'],
        highestId: 2,
      });
    },
  );

  it('only reports an item without an id that is whole otherwise', () => {
    expect(sorted([samples.participantTyping.frame, samples.conversationDeleted.frame])).toEqual({
      events: [],
      others: [],
      skipped: ['invalid-payload', 'invalid-payload'],
      highestId: undefined,
    });
  });

  it('only reports an item of another conversation, however it says so', () => {
    const elsewhere = { conversationId: 'elsewhere' };
    const page = [
      sent(7, elsewhere),
      sent(8, { conversationId: undefined, payload: { messageId: 'm', context: elsewhere } }),
      { conversationEventId: 9, ...elsewhere },
      sent(2),
    ];

    expect(sorted(page)).toEqual({
      events: [2],
      others: [],
      skipped: ['invalid-payload', 'invalid-payload', 'not-an-envelope'],
      highestId: 2,
    });
  });

  it('takes an item that names no conversation for one of this', () => {
    expect(
      decodeEventPage([sent(0, { conversationId: undefined })], conversationId, () => noon),
    ).toHaveProperty('right.page.events.0.conversationId', conversationId);
  });

  it.each([
    ['null', null],
    ['a number', 5],
    ['text', 'text'],
    ['an array', [sent(3)]],
    ['an object that throws when touched', throws],
    ['a revoked proxy', revoked.proxy],
  ])('goes on after an item that is %s', (_what, item) => {
    expect(sorted([sent(1), item, sent(2)])).toEqual({
      events: [1, 2],
      others: [],
      skipped: ['not-an-envelope'],
      highestId: 2,
    });
  });

  it('keeps the order and the repetitions of the page, and finds the highest id anywhere', () => {
    expect(sorted([sent(9), sent(2), sent(2), sent(5)])).toMatchObject({
      events: [9, 2, 2, 5],
      highestId: 9,
    });
  });

  it('reads the clock once a page', () => {
    const now = jest.fn(() => noon);
    decodeEventPage([sent(1), sent(2), sent(3)], conversationId, now);

    expect(now).toHaveBeenCalledTimes(1);
  });

  it('knows aliases when told', () => {
    const decode = eventPageDecoder({ now: () => noon, aliases: { conversationMessage: ['chatMessage'] } });

    expect(decode([sent(1, { name: 'chatMessage.sent' })], conversationId)).toHaveProperty(
      'right.page.events.0.name',
      'conversationMessage.sent',
    );
  });

  it('settles every item with an id once, and reports the rest, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(mutatedFrame, fc.jsonValue(), fc.anything())), (items) => {
        const result = decodeEventPage(items, conversationId, () => noon);
        const { page, skipped } = pipe(
          result,
          E.getOrElseW(() => ({ page: { events: [], others: [] }, skipped: [] })),
        );
        const settled = [...page.events, ...page.others].map((event) => event.conversationEventId ?? -1);

        expect(result).toHaveProperty('_tag', 'Right');
        expect(settled.every((id) => Number.isSafeInteger(id) && id >= 0)).toBe(true);
        expect(settled.length + skipped.length).toBeGreaterThanOrEqual(items.length);
        expect({ highestId: undefined, ...page }.highestId).toBe(
          settled.length === 0 ? undefined : Math.max(...settled),
        );
      }),
    );
  });
});

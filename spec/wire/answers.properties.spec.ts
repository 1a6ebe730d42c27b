import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import { StoredSession } from '../../lib/session/StoredSession.js';
import { AuthStart } from '../../lib/wire/AuthStart.js';
import { decodeEventPage } from '../../lib/wire/EventPage.js';
import { decodeMessagePage } from '../../lib/wire/MessagePage.js';
import { misfits } from '../../lib/wire/misfits.js';
import { SessionAnswer } from '../../lib/wire/SessionAnswer.js';
import { mutatedFrame } from './mutatedFrame.js';

const SECRET = 'a-secret-value';

/** Anything that JSON can say, the names that matter among its keys and a secret among its values. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 2 ** 53, '', SECRET, '12'),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...['token', 'session', 'id', 'profileId', 'expiresOn', 'authenticationId', 'nonce', '__proto__'],
        ...['messages', 'orphanedEvents', 'earliestEventId', 'latestEventId', 'sessionId', 'deviceId'],
        ...['name', 'conversationId', 'conversationEventId', 'payload', 'constructor'],
      ),
      tie('json'),
      { maxKeys: 6 },
    ),
  ),
}));

const id = fc.string({ unit: 'binary', minLength: 1 });
const extras = fc.dictionary(fc.constantFrom('sourceIp', 'state', 'more', '__proto__'), json);
const expiry = fc.option(
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  { nil: null },
);

describe('the codecs of a session', () => {
  const all: readonly (readonly [string, t.Mixed])[] = [
    ['SessionAnswer', SessionAnswer],
    ['AuthStart', AuthStart],
    ['StoredSession', StoredSession],
  ];

  it.each(all)('%s takes or refuses anything without throwing, and its misfits quote nothing', (_, codec) => {
    fc.assert(
      fc.property(fc.oneof(json, fc.anything()), (value) => {
        expect(E.isRight(codec.decode(value))).toBe(codec.is(value));
        expect(misfits(codec, value).length > 0).toBe(!codec.is(value));
        expect(misfits(codec, value).join()).not.toContain(SECRET);
      }),
      { numRuns: 500 },
    );
  });

  it('take every good answer, whatever else it says', () => {
    fc.assert(
      fc.property(id, id, id, expiry, extras, (token, sessionId, profileId, expiresOn, more) => {
        const session = { id: sessionId, profileId, expiresOn };

        expect(SessionAnswer.is({ ...more, token, session: { ...more, ...session } })).toBe(true);
        expect(AuthStart.is({ ...more, authenticationId: token, nonce: profileId })).toBe(true);
      }),
    );
  });

  it('bring a stored session back as it was, through JSON', () => {
    fc.assert(
      fc.property(id, id, id, id, (token, sessionId, profileId, deviceId) => {
        const session = { token, sessionId, profileId, deviceId };
        const back: unknown = JSON.parse(JSON.stringify(session));

        expect(StoredSession.is(back)).toBe(true);
        expect(back).toEqual(session);
      }),
    );
  });
});

describe('the codecs of pages', () => {
  const item = fc.oneof(mutatedFrame, json);

  it('never throw, and give a page or a sentence that quotes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.anything(), fc.array(item)), (body) => {
        const events = decodeEventPage(body, 'garden', () => 0);
        const messages = decodeMessagePage(body);

        expect(E.isRight(events)).toBe(Array.isArray(body));
        const sentences = [events, messages].flatMap((page) => (E.isLeft(page) ? [page.left] : []));
        expect(sentences.filter((sentence) => !/^The [\w ]+\.$/.test(sentence))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('settle each item with an id once, whatever the items beside it are', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 8 }), (items) => {
        const page = decodeEventPage(items, 'garden', () => 0);
        const alone = items.map((one) => decodeEventPage([one], 'garden', () => 0));
        const sum = (pick: (one: (typeof alone)[number]) => number): number =>
          alone.map(pick).reduce((total, count) => total + count, 0);
        const eventsOf = (one: typeof page): number => (E.isRight(one) ? one.right.page.events.length : 0);
        const othersOf = (one: typeof page): number => (E.isRight(one) ? one.right.page.others.length : 0);
        const highest = alone.map((one) => (E.isRight(one) ? (one.right.page.highestId ?? -1) : -1));

        expect(eventsOf(page)).toBe(sum(eventsOf));
        expect(othersOf(page)).toBe(sum(othersOf));
        expect(E.isRight(page) && (page.right.page.highestId ?? -1)).toBe(Math.max(-1, ...highest));
      }),
      { numRuns: 500 },
    );
  });

  it('keep the items of a page of messages as they are, and only ids that are ids', () => {
    fc.assert(
      fc.property(fc.array(json), fc.array(json), json, (messages, orphanedEvents, earliestEventId) => {
        const page = decodeMessagePage({ messages, orphanedEvents, earliestEventId });
        const isId =
          typeof earliestEventId === 'number' &&
          Number.isSafeInteger(earliestEventId) &&
          earliestEventId >= 0;

        expect(page).toEqual(E.right({ messages, orphanedEvents, ...(isId && { earliestEventId }) }));
      }),
    );
  });
});

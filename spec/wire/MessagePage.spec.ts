import { describe, expect, it } from '@jest/globals';
import * as E from '#fp-ts/Either';
import { decodeMessagePage } from '../../lib/wire/MessagePage.js';

const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('decodeMessagePage', () => {
  it('decodes a page and ignores what else it says', () => {
    const messages = [{ id: 'm9', sentEventId: 164 }];
    const orphanedEvents = [{ id: 162, data: { name: 'delivered' } }];
    const body = { latestEventId: 164, earliestEventId: 0, messages, orphanedEvents, more: true };

    expect(decodeMessagePage(body)).toStrictEqual(
      E.right({ latestEventId: 164, earliestEventId: 0, messages, orphanedEvents }),
    );
  });

  it.each([[{}], [{ messages: null, orphanedEvents: null }]])('takes %j for an empty page', (body) => {
    expect(decodeMessagePage(body)).toStrictEqual(E.right({ messages: [], orphanedEvents: [] }));
  });

  it.each([['12'], [-1], [1.5], [Number.MAX_SAFE_INTEGER + 1], [null]])('leaves the id %j out', (id) => {
    expect(decodeMessagePage({ earliestEventId: id, latestEventId: id })).toStrictEqual(
      E.right({ messages: [], orphanedEvents: [] }),
    );
  });

  it.each([
    ['an array', [], 'The page of messages is not an object.'],
    ['nothing', undefined, 'The page of messages is not an object.'],
    ['text', 'OK', 'The page of messages is not an object.'],
    ['messages that are no list', { messages: {} }, 'The messages of the page are not an array.'],
    ['orphans that are no list', { orphanedEvents: 5 }, 'The orphaned events of the page are not an array.'],
    ['an object that throws when touched', revoked.proxy, 'The page of messages cannot be read.'],
  ])('refuses %s with a sentence', (_what, body, sentence) => {
    expect(decodeMessagePage(body)).toEqual(E.left(sentence));
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lastValueFrom, map, type Observable } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { Message } from '../../lib/projection/Message.js';
import { projectMessages } from '../../lib/projection/projectMessages.js';
import { projectPage } from '../../lib/projection/projectPage.js';
import type { NewMessage } from '../../lib/rest/NewMessage.js';
import { beginJourney, type Journey } from './journey.js';
import { until } from './until.js';

let journey: Journey;

beforeEach(async () => {
  journey = await beginJourney();
});

afterEach(() => journey.end());

const SENT: readonly NewMessage[] = [
  'hello',
  { parts: [{ data: 'without metadata' }] },
  { parts: [{ data: 'with empty metadata', type: 'text/plain' }], metadata: {} },
  { parts: [{ data: 'with metadata' }], metadata: { mood: 'good', of: { day: 1 } } },
  {
    parts: [
      { type: 'image/png', url: 'https://x.test/rose.png', size: 7 },
      { name: 'body', data: 'two parts' },
    ],
  },
  { parts: [] },
];

/** What was sent, whoever shows it: keys are each screen's own. */
const withoutKeys = (messages: readonly Message[]): readonly object[] =>
  messages.map(({ key: _key, ...message }) => message);

const shownBy = (client: Client, garden: string, pageSize = 50): Observable<readonly Message[]> =>
  client
    .conversation(garden)
    .timeline({ pageSize })
    .pipe(map(({ messages }) => messages));

/** All are sent, and each is read by Bob. */
const isWhole = (messages: readonly Message[]): boolean =>
  messages.length === SENT.length &&
  messages.every(({ state, sentOn, statusUpdates }) => {
    return state === 'sent' && sentOn !== undefined && statusUpdates['bob']?.status === 'read';
  });

describe('what was sent', () => {
  it('looks the same to its sender, to who was there, to who comes later and to who reads the log', async () => {
    const { server, clientOf } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob', 'cat'] });
    const ann = clientOf('ann');
    const bob = clientOf('bob', { autoDeliver: true });
    const annSees = until(shownBy(ann, garden), isWhole);
    const bobSees = until(shownBy(bob, garden), isWhole);
    const bobReads = shownBy(bob, garden).subscribe((messages) => {
      const ids = messages.flatMap(({ id, sender }) => (sender === 'ann' ? [id] : []));
      if (ids.length > 0) bob.conversation(garden).markRead(ids).subscribe();
    });

    for (const message of SENT) await lastValueFrom(ann.conversation(garden).send(message));

    const ofSender = withoutKeys(await annSees);
    expect(withoutKeys(await bobSees)).toStrictEqual(ofSender);
    expect(withoutKeys(await until(shownBy(clientOf('cat'), garden), isWhole))).toStrictEqual(ofSender);
    expect(withoutKeys(await until(shownBy(clientOf('ann'), garden), isWhole))).toStrictEqual(ofSender);
    const page = await lastValueFrom(ann.rest.listMessages(garden));
    expect(withoutKeys(projectPage(page))).toStrictEqual(ofSender);
    const log = await lastValueFrom(
      ann.rest.listEvents(garden, { from: 0 }).pipe(map(({ events }) => events)),
    );
    expect(withoutKeys(projectMessages(log))).toStrictEqual(ofSender);
    bobReads.unsubscribe();
  });
});

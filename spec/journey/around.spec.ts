import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstValueFrom, take, timeout, toArray } from 'rxjs';
import type { ConversationSummary } from '../../lib/projection/ConversationSummary.js';
import { follow } from './follow.js';
import { beginJourney, type Journey } from './journey.js';
import { until } from './until.js';

const BAD = { lose: 0.2, repeat: 0.2, swap: 0.2, delayMs: 20, historyLagMs: 50, shortPages: 0.3 };

let journey: Journey;

beforeEach(async () => {
  journey = await beginJourney();
});

afterEach(async () => {
  await journey.end();
});

const idsOf = (people: readonly { readonly id: string }[]): string =>
  people
    .map(({ id }) => id)
    .sort()
    .join();

describe('what surrounds a conversation, over a bad line', () => {
  it('is right again: participants and details, whatever was lost, repeated or swapped', async () => {
    const { server, clientOf } = journey;
    const garden = server.createConversation({ name: 'Garden', participants: ['ann', 'bob'] });
    const [ann, bob] = [clientOf('ann').conversation(garden), clientOf('bob')];
    const people: string[] = [];
    const following = ann.participants$.subscribe((list) => people.push(idsOf(list)));
    await until(ann.details$, ({ name }) => name === 'Garden');
    server.setFaults(BAD);

    for (const who of ['cat', 'dan', 'eve', 'fay']) server.addParticipant(garden, who);
    server.dropSockets();
    for (const who of ['bob', 'dan']) server.removeParticipant(garden, who);
    server.addParticipant(garden, 'bob', 'owner');
    await firstValueFrom(bob.rest.updateConversation(garden, { name: 'Park' }));

    await until(ann.participants$, (list) => idsOf(list) === 'ann,bob,cat,eve,fay');
    await until(ann.details$, ({ name }) => name === 'Park');
    following.unsubscribe();
    expect(people.at(-1)).toBe('ann,bob,cat,eve,fay');
  });

  it('shows who types, and stops when their message comes', async () => {
    const { server, clientOf } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const [ann, bob] = [clientOf('ann'), clientOf('bob')];
    const seen = firstValueFrom(
      ann.conversation(garden).typing$.pipe(take(3), toArray(), timeout({ first: 10_000 })),
    );
    await until(ann.status$, ({ state }) => state === 'connected');

    const said = await firstValueFrom(bob.conversation(garden).setTyping(true));
    server.publish(garden, { from: 'bob', text: 'Hello.' });

    expect(said).toBe(true);
    expect(await seen).toEqual([[], ['bob'], []]);
  });
});

describe('autoDeliver, over a bad line', () => {
  it('marks every message of others exactly once, those that were missed included', async () => {
    const { server, clientOf, publish } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 30);
    server.setFaults(BAD);
    const ann = clientOf('ann', { autoDeliver: true });
    const follower = follow(ann.conversation(garden));
    await follower.has(30);

    server.dropSockets();
    publish(garden, 20);
    server.publish(garden, { from: 'ann', text: 'Mine.' });
    server.setFaults({ ...BAD, answer: { status: 503, times: 2, path: /statusupdates$/ } });
    publish(garden, 20);
    // Fifty-one others' and one of mine, and each of the seventy is delivered once.
    await follower.has(30 + 20 + 1 + 20 + 70);

    const events = server.events(garden);
    const others = events.flatMap((event) =>
      event.name === 'conversationMessage.sent' &&
      JSON.stringify(event.payload.context).includes('session:bob')
        ? [event.payload.messageId]
        : [],
    );
    const delivered = events.flatMap((event) =>
      event.name === 'conversationMessage.delivered' ? [event.payload.messageId] : [],
    );
    expect(others).toHaveLength(70);
    expect(delivered.toSorted()).toEqual(others.toSorted());
  });
});

describe('conversations$, over a bad line', () => {
  it('comes to what the server has, however much was missed', async () => {
    const { server, clientOf, publish } = journey;
    for (let index = 0; index < 40; index += 1) {
      server.createConversation({ id: `room ${index}`, participants: ['ann', 'bob'] });
    }
    const ann = clientOf('ann');
    const is = (list: readonly ConversationSummary[], id: string, unread: number): boolean =>
      list.find((summary) => summary.id === id)?.unread === unread;
    const seen: (readonly ConversationSummary[])[] = [];
    const following = ann.conversations$.subscribe((list) => seen.push(list));
    const start = await until(
      ann.conversations$,
      (list) => list.filter(({ unread }) => unread !== undefined).length === 20,
    );
    const [first = '', second = '', third = '', fourth = ''] = start.map(({ id }) => id);
    publish(fourth, 2);
    await until(ann.conversations$, (list) => is(list, fourth, 2));
    // On a slow machine some are looked at a second time by then.
    const pagesAtFirst = new Set(
      server.requests.flatMap(({ path }) => (path.endsWith('/messages') ? [path] : [])),
    );
    // What is unread is counted in the pages that are read, so they have to be whole.
    server.setFaults({ ...BAD, shortPages: 0 });

    publish(first, 3);
    server.dropSockets();
    server.deleteConversation(second);
    server.removeParticipant(third, 'ann');
    const added = server.createConversation({ id: 'added', participants: ['ann', 'cat'] });
    const sent = server.publish(fourth, { from: 'bob', text: 'Once more.' });
    await firstValueFrom(ann.conversation(fourth).markRead([sent.messageId]));
    const last = server.publish(added, { from: 'cat', text: 'Welcome.' });

    const end = await until(
      ann.conversations$,
      (list) =>
        list.length === 39 &&
        is(list, first, 3) &&
        is(list, fourth, 2) &&
        list[0]?.latestMessage?.id === last.messageId,
    );
    following.unsubscribe();
    expect(end.map(({ id }) => id)).not.toContain(second);
    expect(end.map(({ id }) => id)).not.toContain(third);
    expect(seen.every((list) => list.length >= 38)).toBe(true);
    expect(pagesAtFirst.size).toBe(20);
  });
});

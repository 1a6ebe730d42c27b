import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { map, timer } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { follow } from './follow.js';
import { localClient, logins } from './localClient.js';
import { until } from './until.js';

const isConnected = ({ state }: { readonly state: string }): boolean => state === 'connected';

let server: LocalServer;
let clients: Client[];

const clientOf = (profileId: string, login?: string): Client => {
  const client = localClient(server, profileId, { login });
  clients.push(client);
  return client;
};

const publish = (garden: string, count: number): void => {
  for (let index = 0; index < count; index += 1)
    server.publish(garden, { from: 'bob', text: `message ${index}` });
};

beforeEach(async () => {
  clients = [];
  server = await startServer({ seed: 7 });
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
});

describe.each(Object.keys(logins))('a conversation over a bad line, with %s', (login) => {
  it('arrives complete and in order, whatever is lost, repeated, swapped, left out or cut', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 50);
    server.setFaults({ lose: 0.2, repeat: 0.2, swap: 0.2, holes: 0.1, historyLagMs: 20, shortPages: 0.3 });
    const ann = clientOf('ann', login);
    const follower = follow(ann.conversation(garden));

    for (let round = 0; round < 8; round += 1) {
      await until(ann.status$, isConnected);
      publish(garden, 20);
      server.dropSockets(round % 2 === 0 ? {} : { code: 1012 });
      publish(garden, 5);
      await until(ann.reconnected$, () => true);
    }
    await follower.has(server.events(garden).length);

    expect(follower.events).toEqual(server.events(garden));
    expect(server.faultCounts).toMatchObject({ dropped: 8 });
    expect(Object.keys(server.faultCounts)).toEqual(
      expect.arrayContaining(['lose', 'repeat', 'swap', 'holes']),
    );
  });

  it('survives answers of 500 and 429', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 30);
    const ann = clientOf('ann', login);
    ann.connect();
    await until(ann.status$, isConnected);

    server.setFaults({ answer: { status: 500, times: 2, path: /events$/ } });
    const first = follow(ann.conversation(garden));
    await first.has(30);
    server.setFaults({ answer: { status: 429, times: 1, retryAfterS: 1, path: /events$/ } });
    const second = follow(ann.conversation(garden));
    await second.has(30);

    expect(first.events).toEqual(server.events(garden));
    expect(second.events).toEqual(server.events(garden));
  });

  it('survives the revocation of its token', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const ann = clientOf('ann', login);
    const follower = follow(ann.conversation(garden));
    await until(ann.status$, isConnected);

    const reconnected = until(ann.reconnected$, () => true);
    server.revokeTokens('ann');
    publish(garden, 5);
    await reconnected;
    publish(garden, 5);
    await follower.has(10);

    expect(follower.events).toEqual(server.events(garden));
  });

  it('survives a restart of the server', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 10);
    const ann = clientOf('ann', login);
    const follower = follow(ann.conversation(garden));
    // What there was may all come by history before the line is open, and the first opening is no reconnection.
    await until(ann.status$, isConnected);
    await follower.has(10);

    const reconnected = until(ann.reconnected$, () => true);
    await server.restart();
    await reconnected;
    publish(garden, 10);
    await follower.has(20);

    expect(follower.events).toEqual(server.events(garden));
  });

  it('ends when I am removed, and when it is deleted', async () => {
    const garden = server.createConversation({ participants: ['bob', 'ann'] });
    const pond = server.createConversation({ participants: ['bob', 'ann'] });
    publish(garden, 3);
    const ann = clientOf('ann', login);
    const [inGarden, inPond] = [follow(ann.conversation(garden)), follow(ann.conversation(pond))];
    await until(ann.status$, isConnected);
    await inGarden.has(3);

    server.removeParticipant(garden, 'ann');
    server.deleteConversation(pond);
    await Promise.all([inGarden.ended, inPond.ended]);

    expect(inGarden.events).toHaveLength(3);
    expect(inPond.events).toEqual([]);
  });
});

describe('a frame that is too big', () => {
  it.each([
    ['text', 'x'.repeat(2 ** 20 + 1)],
    ['bytes', new Uint8Array(2 ** 20 + 1)],
  ])('of %s is a value, and costs no message', async (_what, frame) => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const ann = clientOf('ann');
    const follower = follow(ann.conversation(garden));
    await until(ann.status$, isConnected);

    const tooBig = until(ann.decodeErrors$, ({ kind }) => kind === 'too-big');
    server.push('ann', frame);
    publish(garden, 3);
    await tooBig;
    await follower.has(3);

    expect(follower.events).toEqual(server.events(garden));
  });
});

describe('several at once', () => {
  it('followers of one conversation begin where they want, on one socket', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 10);
    const ann = clientOf('ann');
    const garden$ = ann.conversation(garden);

    const all = follow(garden$);
    const rest = follow(garden$, { after: 6 });
    await until(ann.status$, isConnected);
    await Promise.all([all.has(10), rest.has(3)]);
    publish(garden, 5);
    await Promise.all([all.has(15), rest.has(8)]);

    expect(all.events).toEqual(server.events(garden));
    expect(rest.events).toEqual(server.events(garden).slice(7));
    expect(server.socketCount).toBe(1);
  });

  it('clients see the same, though their lines are damaged differently', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob', 'cat'] });
    server.setFaults({ lose: 0.3, repeat: 0.2, swap: 0.2, holes: 0.1 });
    const people = ['ann', 'bob', 'cat'];
    const followers = people.map((profileId) => follow(clientOf(profileId).conversation(garden)));
    await Promise.all(clients.map((client) => until(client.status$, isConnected)));

    publish(garden, 40);
    server.dropSockets({ profileId: 'bob' });
    publish(garden, 40);
    await Promise.all(followers.map((follower) => follower.has(80)));

    const truth = server.events(garden);
    expect(followers.map(({ events }) => events)).toEqual([truth, truth, truth]);
  });

  it('conversations of one client share its line', async () => {
    const ids = Array.from({ length: 10 }, () => server.createConversation({ participants: ['ann', 'bob'] }));
    for (const id of ids) publish(id, 3);
    const ann = clientOf('ann');

    const followers = ids.map((id) => follow(ann.conversation(id)));
    await until(ann.status$, isConnected);
    await Promise.all(followers.map((follower) => follower.has(3)));
    for (const id of ids) publish(id, 2);
    await Promise.all(followers.map((follower) => follower.has(5)));

    expect(followers.map(({ events }) => events)).toEqual(ids.map((id) => server.events(id)));
    expect(server.socketCount).toBe(1);
  });
});

describe('the end', () => {
  it('of a session is told to the server, and the next subscriber logs in anew', async () => {
    const ann = clientOf('ann');
    ann.connect();
    await until(ann.status$, isConnected);

    await new Promise<void>((resolve) => {
      ann.endSession().subscribe({ complete: resolve });
    });
    await until(ann.status$, ({ state }) => state === 'idle');
    ann.connect();
    await until(ann.status$, isConnected);

    expect(
      server.requests.map(({ method, path, status }) => `${method} ${path.split('/')[3] ?? ''} ${status}`),
    ).toEqual([
      ...['GET sessions 200', 'POST sessions 200', 'GET socket 101', 'DELETE sessions 204'],
      ...['GET sessions 200', 'POST sessions 200', 'GET socket 101'],
    ]);
  });

  it('of a client closes its socket', async () => {
    const ann = clientOf('ann');
    ann.connect();
    await until(ann.status$, isConnected);

    await ann.close();

    const socketCount$ = timer(0, 5).pipe(map(() => server.socketCount));
    expect(ann.status).toEqual({ state: 'closed' });
    expect(await until(socketCount$, (count) => count === 0)).toBe(0);
  });
});

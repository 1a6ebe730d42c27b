import { describe, expect, it } from '@jest/globals';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { added } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const LIFE_MS = 100_000;

/** A world whose sessions live for 100 s; `answer` is what the app says to the n-th challenge. */
const expiringWorld = (answer: (challenge: number) => string | null = () => 'jwt'): ClientWorld => {
  let challenges = 0;
  const world: ClientWorld = clientWorld({ authenticate: () => answer((challenges += 1)) });
  world.backend.respond = ({ method, path }) => {
    if (method !== 'POST' || path !== '/sessions') return undefined;
    const now = world.time.scheduler.now() / 1_000;
    const claims = JSON.stringify({ iat: now, exp: now + LIFE_MS / 1_000 });
    const token = `e30.${Buffer.from(claims).toString('base64url')}.x`;
    return { json: { token, session: { id: 's', profileId: 'me' } } };
  };
  return world;
};

const logins = ({ backend }: ClientWorld): number =>
  backend.calls.filter((call) => call === 'POST /sessions').length;

describe('a session that expires', () => {
  it('is renewed ahead of that while the line is wanted, and the socket stays', async () => {
    const world = expiringWorld();
    const stream = watch(world.client.participantAdded$);
    await settled();
    world.open();

    await world.time.advance(LIFE_MS);
    world.receive(added('ann'));

    expect(logins(world)).toBe(2);
    expect(world.line.sockets).toHaveLength(1);
    expect(stream.values).toHaveLength(1);
  });

  it('is not renewed while nobody wants the line', async () => {
    const world = expiringWorld();
    const release = world.client.connect();
    await settled();
    world.open();
    release();

    await world.time.advance(10 * LIFE_MS);

    expect(logins(world)).toBe(1);
    expect(world.time.pending).toBe(0);
  });

  it('fails the line when the app refuses to renew it', async () => {
    const world = expiringWorld((challenge) => (challenge === 1 ? 'jwt' : null));
    const stream = watch(world.client.events$);
    await settled();
    world.open();

    await world.time.advance(LIFE_MS);

    expect(stream.end).toBe('unauthorized');
    expect(world.liveSockets).toBe(0);
    expect(world.time.pending).toBe(0);
  });
});

describe('a session', () => {
  it('is opened once for all who need it at the same time', async () => {
    const world = clientWorld({ authenticate: () => 'jwt' });
    const { rest } = world.client;

    world.client.connect();
    const profiles = ['ann', 'bob', 'cat'].map((id) => watch(rest.getProfile(id)));
    await settled();

    expect(logins(world)).toBe(1);
    expect(profiles.map(({ end }) => end)).toEqual(['completed', 'completed', 'completed']);
  });

  it('is renewed once for all who are refused together, and every one of them gets an answer', async () => {
    const world = clientWorld({ authenticate: () => 'jwt' });
    world.client.connect();
    await settled();
    world.open();
    world.backend.respond = ({ token }) => (token === 'session-1' ? { status: 401 } : undefined);

    const profiles = ['ann', 'bob', 'cat'].map((id) => watch(world.client.rest.getProfile(id)));
    await settled();

    expect(logins(world)).toBe(2);
    expect(profiles.map(({ end }) => end)).toEqual(['completed', 'completed', 'completed']);
    expect(world.line.sockets).toHaveLength(1);
  });

  it('that is refused twice is an error of the request', async () => {
    const world = clientWorld();
    world.backend.respond = () => ({ status: 401 });

    const profile = watch(world.client.rest.getProfile('ann'));
    await settled();

    expect(profile.end).toBe('unauthorized');
    expect(world.backend.calls).toHaveLength(2);
  });

  it('is taken from the store and kept there', async () => {
    const stored = { token: 'stored', sessionId: 's', profileId: 'me', deviceId: 'd' };
    const saved: unknown[] = [];
    const sessionStore = {
      load: () => [stored],
      save: (_apiSpaceId: string, session: unknown) => [saved.push(session)],
    };
    const world = clientWorld({ authenticate: () => 'jwt', sessionStore });
    world.client.connect();
    await settled();
    world.open();

    world.client.endSession().subscribe();
    await settled();

    expect(new URL(world.line.last().url).searchParams.get('token')).toBe('stored');
    expect(world.backend.calls).toEqual(['DELETE /sessions/s']);
    expect(saved).toStrictEqual([undefined]);
  });
});

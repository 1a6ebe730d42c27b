import { describe, expect, it, jest } from '@jest/globals';
import { ear, handshakeStatus, socketOf } from '../support/ear.js';
import { person, withToken, type Person } from '../support/person.js';
import { servers } from '../support/servers.js';
import { signJwt } from '../../../lib/server/sessions/jwt.js';
import type { LocalServer } from '../../../lib/server.js';

const start = servers();
const soon = (): number => Math.floor(Date.now() / 1_000) + 60;

interface Login {
  readonly token: string;
  readonly session: { readonly id: string };
}

const challenge = async (
  nobody: Person,
): Promise<{ readonly authenticationId: string; readonly nonce: string }> =>
  (await nobody('GET', '/sessions/start')).body as { authenticationId: string; nonce: string };

const logIn = async (server: LocalServer, profileId: string): Promise<Login> => {
  const nobody = withToken(server);
  const { authenticationId, nonce } = await challenge(nobody);
  const body = { authenticationId, authenticationToken: server.issueJwt(profileId, nonce), deviceId: 'd1' };
  return (await nobody('POST', '/sessions', { body })).body as Login;
};

describe('login', () => {
  it('gives a challenge to everybody', async () => {
    const { status, body } = await withToken(await start())('GET', '/sessions/start');

    expect(status).toBe(200);
    expect(body).toEqual({
      authenticationId: expect.any(String),
      provider: 'jsonWebToken',
      nonce: expect.any(String),
      expiresOn: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('opens a session for the answer of the backend', async () => {
    const server = await start({ apiSpaceId: 'as' });
    const nobody = withToken(server);
    const { authenticationId, nonce } = await challenge(nobody);
    const body = {
      authenticationId,
      authenticationToken: server.issueJwt('ann', nonce),
      deviceId: 'd1',
      platform: 'javascript',
      platformVersion: 'x',
      sdkType: 'native',
      sdkVersion: '1.0.0',
      push: { fcm: { package: 'p', registrationId: 'r' } },
    };
    const answer = await nobody('POST', '/sessions', { body });

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      session: {
        id: expect.any(String),
        profileId: 'ann',
        deviceId: 'd1',
        platform: 'javascript',
        platformVersion: 'x',
        sdkType: 'native',
        sdkVersion: '1.0.0',
        sourceIp: expect.any(String),
        isActive: true,
        state: 'SessionStarted',
        nonce,
        provider: 'jsonWebToken',
        createdOn: expect.any(String),
        startedOn: expect.any(String),
        expiresOn: expect.any(String),
      },
    });
    const [, claims = ''] = (answer.body as Login).token.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sub: 'ann',
      apiSpaceId: 'as',
      exp: expect.any(Number),
    });
  });

  it('takes an answer once', async () => {
    const server = await start();
    const nobody = withToken(server);
    const { authenticationId, nonce } = await challenge(nobody);
    const body = { authenticationId, authenticationToken: server.issueJwt('ann', nonce) };

    expect(await nobody('POST', '/sessions', { body })).toMatchObject({ status: 200 });
    expect(await nobody('POST', '/sessions', { body })).toMatchObject({ status: 401 });
  });

  it.each<[string, (nonce: string) => string]>([
    ['another secret', (nonce) => signJwt({ sub: 'ann', nonce, exp: soon() }, 'other')],
    ['another nonce', () => signJwt({ sub: 'ann', nonce: 'mine', exp: soon() }, 'known')],
    ['no nonce', () => signJwt({ sub: 'ann', exp: soon() }, 'known')],
    ['no profile', (nonce) => signJwt({ nonce, exp: soon() }, 'known')],
    ['an empty profile', (nonce) => signJwt({ sub: '', nonce, exp: soon() }, 'known')],
    ['an end in the past', (nonce) => signJwt({ sub: 'ann', nonce, exp: soon() - 120 }, 'known')],
    [
      'alg none',
      (nonce) =>
        signJwt({ sub: 'ann', nonce, exp: soon() }, 'known').replace(
          /^[^.]+/,
          Buffer.from('{"alg":"none"}').toString('base64url'),
        ),
    ],
  ])('refuses an answer with %s', async (_, answerTo) => {
    const nobody = withToken(await start({ jwtSecret: 'known' }));
    const { authenticationId, nonce } = await challenge(nobody);
    const authenticationToken = answerTo(nonce);
    const answer = await nobody('POST', '/sessions', { body: { authenticationId, authenticationToken } });

    expect(answer).toMatchObject({ status: 401, body: { message: expect.any(String) } });
    expect(JSON.stringify(answer.body)).not.toContain(authenticationToken);
  });

  it('answers 400 to a body that lacks something', async () => {
    const nobody = withToken(await start());

    expect(await nobody('POST', '/sessions', { body: { authenticationId: 'a' } })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('authenticationToken') },
    });
  });
});

describe('a session', () => {
  it('is shown to its profile only', async () => {
    const server = await start();
    const { token, session } = await logIn(server, 'ann');
    const path = `/sessions/${session.id}`;

    expect(await withToken(server, token)('GET', path)).toMatchObject({
      status: 200,
      body: { id: session.id },
    });
    expect(await person(server, 'bob')('GET', path)).toMatchObject({ status: 403 });
    expect(await person(server, 'bob')('GET', '/sessions/none')).toMatchObject({ status: 404 });
  });

  it('ends: its token is refused and its socket closed, and those of its profile elsewhere are not', async () => {
    const server = await start();
    const { token, session } = await logIn(server, 'ann');
    const elsewhere = await ear(server, 'ann');
    const socket = socketOf(server, '', { Authorization: `Bearer ${token}` });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    const ann = withToken(server, token);

    expect(await ann('DELETE', `/sessions/${session.id}`)).toMatchObject({ status: 204, body: '' });
    expect(await ann('GET', '/conversations')).toMatchObject({ status: 401 });
    expect(await closed).toBe(1_000);
    expect(await elsewhere.untilNow()).toEqual([]);
  });

  it('takes a place to push to, and lets it go', async () => {
    const server = await start();
    const { token, session } = await logIn(server, 'ann');
    const ann = withToken(server, token);
    const path = `/sessions/${session.id}/push`;

    expect(await ann('PUT', path, { body: { fcm: { package: 'p', registrationId: 'r' } } })).toMatchObject({
      status: 200,
    });
    expect(await ann('DELETE', path)).toMatchObject({ status: 204 });
    expect(await person(server, 'bob')('PUT', path, { body: {} })).toMatchObject({ status: 403 });
  });
});

describe('a token', () => {
  it.each([
    ['GET', '/conversations'],
    ['POST', '/conversations'],
    ['GET', '/conversations/c/events'],
    ['GET', '/profiles/ann'],
    ['POST', '/content'],
    ['POST', '/channels/facebook/state'],
    ['DELETE', '/sessions/s'],
  ])('is needed for %s %s', async (method, path) => {
    const server = await start();

    expect(await withToken(server)(method, path)).toMatchObject({ status: 401 });
    expect(await withToken(server, 'nonsense')(method, path)).toMatchObject({ status: 401 });
  });

  it('is refused when it is signed for the challenge, or comes from another server', async () => {
    const [server, other] = [await start({ jwtSecret: 's' }), await start({ jwtSecret: 's' })];

    expect(await withToken(server, server.issueJwt('ann', 'n'))('GET', '/conversations')).toMatchObject({
      status: 401,
    });
    expect(await withToken(server, other.issueToken('ann'))('GET', '/conversations')).toMatchObject({
      status: 401,
    });
  });

  it.each([0, 1, 999])(
    'is good as long as was asked for, to the millisecond, %i ms into a second',
    async (ms) => {
      const begun = 1_800_000_000_000 + ms;
      const now = jest.spyOn(Date, 'now').mockReturnValue(begun);
      try {
        const server = await start({ sessionTtlS: 1 });
        const token = server.issueToken('ann');
        const ann = withToken(server, token);
        now.mockReturnValue(begun + 999);
        expect(await ann('GET', '/conversations')).toMatchObject({ status: 200 });
        now.mockReturnValue(begun + 1_000);
        expect(await ann('GET', '/conversations')).toMatchObject({ status: 401 });
        expect(await handshakeStatus(socketOf(server, `?token=${token}`))).toBe(401);
      } finally {
        now.mockRestore();
      }
    },
  );

  it('does not cut an open socket when its time is over', async () => {
    const begun = Date.now();
    const now = jest.spyOn(Date, 'now');
    try {
      const server = await start({ sessionTtlS: 1 });
      const id = server.createConversation({ participants: ['ann'] });
      const heard = await ear(server, 'ann');
      now.mockReturnValue(begun + 3_600_000);
      server.publish(id, { from: 'bob', text: 'still there?' });

      expect(await heard.untilNow()).toHaveLength(1);
      expect(server.socketCount).toBe(1);
    } finally {
      now.mockRestore();
    }
  });
});

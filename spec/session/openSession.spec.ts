import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { concatMap, EMPTY, from, merge, NEVER, type Observable, of, Subject, throwError, timer } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { memorySessionStore } from './memorySessionStore.js';
import { openSession, type OpenSessionOptions } from '../../lib/session/openSession.js';
import type { SessionStore } from '../../lib/session/SessionStore.js';
import type { StoredSession } from '../../lib/session/StoredSession.js';
import type { Tokens } from '../../lib/session/Tokens.js';
import { marbles } from '../support/marbles.js';
import { codeOf } from './codeOf.js';
import { answer, fakeHttp } from './fakeHttp.js';
import { jwt } from './jwt.js';
import { sessionServer, type SessionServer, type SessionServerOptions } from './sessionServer.js';

const LOGIN = ['GET /sessions/start', 'POST /sessions'];
const minutes = 60_000;

interface World extends SessionServer {
  readonly tokens$: Tokens;
  readonly challenges: string[];
}

type WorldOptions = Partial<OpenSessionOptions> & Omit<SessionServerOptions, 'scheduler'>;

/** A session against a server in virtual time. Tokens are shown by the number of the session: `s1`. */
const world = (scheduler: TestScheduler, options: WorldOptions = {}): World => {
  const server = sessionServer({ ...options, scheduler });
  const challenges: string[] = [];
  const tokens$ = openSession(server.http, {
    apiSpaceId: 'space',
    requestTimeoutMs: 15_000,
    scheduler,
    random: () => 0.5,
    ...options,
    authenticate: (challenge) => {
      challenges.push(challenge.nonce);
      return (options.authenticate ?? (() => 'jwt'))(challenge);
    },
  });
  return { ...server, tokens$, challenges };
};

/** The number of the session that a token opens. */
const sessionOf = (token: string): string => token.split('.')[2] ?? '';

const shown = (token$: Observable<string>): Observable<string> =>
  token$.pipe(concatMap((token) => of(sessionOf(token).slice(1))));

const fault = (kind: 'timeout' | 'network' | 'unauthorized', message: string): ComapiError =>
  new ComapiError({ kind, message });

const stored = (claims: object, more: Partial<StoredSession> = {}): StoredSession => ({
  token: jwt(claims, 's9'),
  sessionId: 's9',
  profileId: 'me',
  deviceId: 'device',
  ...more,
});

describe('openSession', () => {
  it(
    'starts nothing before somebody asks',
    marbles((_, scheduler) => {
      const { calls, challenges } = world(scheduler);

      expect(calls()).toEqual([]);
      expect(challenges).toEqual([]);
    }),
  );

  it(
    'answers the challenge and shows what the server wants to know',
    marbles((_, scheduler) => {
      const { tokens$, requests, challenges } = world(scheduler);
      tokens$.present().subscribe();
      scheduler.flush();

      expect(challenges).toEqual(['n']);
      expect(requests[1]?.body).toMatchObject({
        authenticationId: 'a',
        authenticationToken: 'jwt',
        deviceId: expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        ),
        platform: 'javascript',
        sdkType: 'native',
        sdkVersion: /"version": "(.*)"/.exec(readFileSync('package.json', 'utf8'))?.[1],
      });
    }),
  );

  // Vendor weakness 3: three parallel calls made four challenges and four sessions.
  it(
    'logs in once for many who ask at the same time',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens$, calls } = world(scheduler, { roundTripMs: 2 });
      const context = { attempt: 1, reason: 'first' } as const;

      expectObservable(shown(tokens$.present())).toBe('                   ----(1|)');
      expectObservable(shown(tokens$.forAttempt(context))).toBe('                ----(1|)');
      expectObservable(shown(timer(3).pipe(concatMap(tokens$.present)))).toBe('   ----(1|)');
      expectObservable(shown(timer(9).pipe(concatMap(tokens$.present)))).toBe('   ---------(1|)');
      flush();
      expect(calls()).toEqual(LOGIN);
    }),
  );

  it(
    'goes on for the others when the first one leaves, and stops when the last one does',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens$, calls } = world(scheduler, { roundTripMs: 4 });

      expectObservable(tokens$.present(), '-!').toBe('--');
      expectObservable(tokens$.present(), '---!').toBe('----');
      flush();
      expect(calls()).toEqual(['GET /sessions/start']);
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it(
    'passes a refusal on to everybody who waits',
    marbles(({ expectObservable }, scheduler) => {
      const { tokens$ } = world(scheduler, { roundTripMs: 1, authenticate: () => null });
      const refused = fault('unauthorized', 'authenticate gave no token: the app refuses to log in.');

      expectObservable(tokens$.present()).toBe('-#', undefined, refused);
      expectObservable(tokens$.present()).toBe('-#', undefined, refused);
    }),
  );

  // Vendor weakness 21: a callback that never answers hangs everything that is queued behind it.
  it(
    'does not wait for ever for an app that says nothing',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens$, challenges } = world(scheduler, { requestTimeoutMs: 50, authenticate: () => NEVER });
      const silence = fault('timeout', 'authenticate gave no answer within 50 ms.');

      expectObservable(tokens$.present()).toBe('50ms #', undefined, silence);
      expectObservable(timer(90).pipe(concatMap(tokens$.present))).toBe('140ms #', undefined, silence);
      flush();
      expect(challenges).toEqual(['n', 'n']);
    }),
  );

  it(
    'asks again after an app that threw',
    marbles(({ expectObservable }, scheduler) => {
      let isBroken = true;
      const authenticate = (): string => {
        if (isBroken) throw new Error('down');
        return 'jwt';
      };
      const { tokens$ } = world(scheduler, { authenticate });

      expectObservable(tokens$.present()).toBe(
        '#',
        undefined,
        fault('network', 'authenticate failed (Error).'),
      );
      expectObservable(timer(5).pipe(concatMap(() => ((isBroken = false), shown(tokens$.present()))))).toBe(
        '-----(1|)',
      );
    }),
  );

  it.each([null, 'OK', {}, { authenticationId: 'a', nonce: 5 }])(
    'errors when the challenge is %j',
    (body) => {
      const { http } = fakeHttp(() => answer(body));
      const errors: unknown[] = [];
      const options = { apiSpaceId: 'space', requestTimeoutMs: 1, random: Math.random };
      marbles((_, scheduler) => {
        openSession(http, { ...options, scheduler, authenticate: () => 'jwt' })
          .present()
          .subscribe({ error: (error: unknown) => errors.push(error) });
      })();

      expect(errors).toEqual([expect.objectContaining({ code: 'invalid-response' })]);
    },
  );

  describe.each(['GET /sessions/start', 'POST /sessions'])('a 401 in answer to %s', (refusedCall) => {
    const logInRefused = (times: number): { readonly calls: readonly string[]; readonly said: unknown[] } => {
      let left = times;
      const said: unknown[] = [];
      const refused = new ComapiError({ kind: 'unauthorized', message: 'no', status: 401 });
      const { http, calls } = fakeHttp(({ method, path }) => {
        if (`${method} ${path}` === refusedCall && (left -= 1) >= 0) return throwError(() => refused);
        return path === '/sessions'
          ? answer({ token: 't', session: { id: 's', profileId: 'me' } })
          : answer({ authenticationId: 'a', nonce: 'n' });
      });
      const options = { apiSpaceId: 'space', requestTimeoutMs: 1, random: Math.random };
      marbles((_, scheduler) => {
        openSession(http, { ...options, scheduler, authenticate: () => 'jwt' })
          .present()
          .subscribe({
            next: (token) => said.push(token),
            error: (error: unknown) => said.push(codeOf(error)),
          });
      })();
      return { calls: calls(), said };
    };

    it('is followed by another login: the challenge may have been too old', () => {
      const { calls, said } = logInRefused(1);

      expect(said).toEqual(['t']);
      expect(calls.filter((call) => call === 'GET /sessions/start')).toHaveLength(2);
    });

    it('is the last word when it comes twice', () => {
      const { calls, said } = logInRefused(2);

      expect(said).toEqual(['unauthorized']);
      expect(calls.filter((call) => call === 'GET /sessions/start')).toHaveLength(2);
    });
  });

  describe('expiry', () => {
    it(
      'uses the session until it is due, then opens another',
      marbles(({ flush }, scheduler) => {
        const { tokens$, calls } = world(scheduler, { ttlS: 600 });
        const seen: string[] = [];
        const ask = (): void => void shown(tokens$.present()).subscribe((n) => seen.push(n));

        ask();
        timer(8 * minutes - 1, scheduler).subscribe(ask);
        timer(8 * minutes, scheduler).subscribe(ask);
        flush();
        expect(seen).toEqual(['1', '1', '2']);
        expect(calls()).toEqual([...LOGIN, ...LOGIN]);
      }),
    );

    // Vendor weakness 23: it compares with the client's own clock.
    it.each([0, 10])('is not misled by a clock that is %d hours behind the server', (hours) => {
      for (const showsDate of [true, false]) {
        marbles(({ flush }, scheduler) => {
          const { tokens$, calls } = world(scheduler, {
            ttlS: 600,
            skewMs: hours * 60 * minutes,
            showsDate,
          });
          for (const at of [0, 7.9 * minutes, 8.1 * minutes])
            timer(at, scheduler).subscribe(() => tokens$.present().subscribe());
          flush();
          expect(calls()).toEqual([...LOGIN, ...LOGIN]);
        })();
      }
    });

    it(
      'lives on with what it has while renewing fails, and tries again half way to the end',
      marbles(({ flush }, scheduler) => {
        let isDown = false;
        const { tokens$, challenges } = world(scheduler, {
          ttlS: 600,
          authenticate: () => (isDown ? throwError(() => new Error('down')) : 'jwt'),
        });
        const seen: string[] = [];
        const askAt = (at: number): void =>
          void timer(at, scheduler).subscribe(() => {
            isDown = at > 0;
            shown(tokens$.present()).subscribe({
              next: (n) => seen.push(n),
              error: (error: unknown) => seen.push(codeOf(error)),
            });
          });

        [0, 8, 8.5, 9, 10].forEach((minute) => askAt(minute * minutes));
        flush();
        expect(seen).toEqual(['1', '1', '1', '1', 'network']);
        expect(challenges).toHaveLength(4);
      }),
    );

    it(
      'is refused at once when the app refuses to renew',
      marbles(({ flush }, scheduler) => {
        let answers = 0;
        const { tokens$ } = world(scheduler, {
          ttlS: 600,
          authenticate: () => (answers++ === 0 ? 'jwt' : null),
        });
        const codes: string[] = [];

        tokens$.present().subscribe();
        timer(9 * minutes, scheduler).subscribe(() =>
          tokens$.present().subscribe({ error: (error: unknown) => codes.push(codeOf(error)) }),
        );
        flush();
        expect(codes).toEqual(['unauthorized']);
      }),
    );

    it(
      'renews ahead while somebody wants that, and stops with the last one',
      marbles(({ flush }, scheduler) => {
        const { tokens$, calls } = world(scheduler, { ttlS: 600 });
        const renewing = tokens$.renewals$.subscribe();

        tokens$.present().subscribe();
        timer(17 * minutes, scheduler).subscribe(() => renewing.unsubscribe());
        flush();
        expect(calls()).toEqual([...LOGIN, ...LOGIN, ...LOGIN]);
        expect(scheduler.now()).toBe(17 * minutes);
      }),
    );

    it(
      'keeps trying to renew while the session lasts',
      marbles(({ flush }, scheduler) => {
        let answers = 0;
        const { tokens$, tokens } = world(scheduler, {
          ttlS: 600,
          authenticate: () => ([2, 3].includes(++answers) ? throwError(() => new Error('down')) : 'jwt'),
        });
        const renewing = tokens$.renewals$.subscribe();

        tokens$.present().subscribe();
        timer(9.6 * minutes, scheduler).subscribe(() => renewing.unsubscribe());
        flush();
        expect(answers).toBe(4);
        expect(tokens).toHaveLength(2);
      }),
    );

    it(
      'errors the renewals when the app refuses',
      marbles(({ expectObservable }, scheduler) => {
        let answers = 0;
        const { tokens$ } = world(scheduler, {
          ttlS: 10,
          authenticate: () => (answers++ === 0 ? 'jwt' : ''),
        });

        expectObservable(merge(tokens$.renewals$, tokens$.present().pipe(concatMap(() => EMPTY)))).toBe(
          '8s #',
          undefined,
          fault('unauthorized', 'authenticate gave no token: the app refuses to log in.'),
        );
      }),
    );

    it(
      'is silent about a renewal that comes too late, and about one that the end of the session stops',
      marbles(({ expectObservable, flush }, scheduler) => {
        let answers = 0;
        const { tokens$ } = world(scheduler, {
          ttlS: 10,
          requestTimeoutMs: 60_000,
          authenticate: () => (answers++ === 0 ? 'jwt' : NEVER),
        });
        const other = world(scheduler, { ttlS: 10, roundTripMs: 10 });

        expectObservable(tokens$.renewals$, '100s !').toBe('-');
        expectObservable(other.tokens$.renewals$, '100s !').toBe('-');
        tokens$.present().subscribe();
        other.tokens$.present().subscribe();
        timer(8_025, scheduler).subscribe(() => other.tokens$.end().subscribe());
        flush();
        expect(answers).toBe(2);
        expect(other.calls().slice(2)).toEqual(['GET /sessions/start', 'DELETE /sessions/s1']);
      }),
    );

    it(
      'waits through a life that is longer than any timer',
      marbles(({ flush }, scheduler) => {
        const { tokens$, tokens } = world(scheduler, { ttlS: 100 * 86_400 });
        const renewing = tokens$.renewals$.subscribe();

        const seen: number[] = [];
        tokens$.present().subscribe();
        timer(79 * 86_400_000, scheduler).subscribe(() => seen.push(tokens.length));
        timer(81 * 86_400_000, scheduler).subscribe(() => {
          seen.push(tokens.length);
          renewing.unsubscribe();
        });
        flush();
        expect(seen).toEqual([1, 2]);
      }),
    );
  });

  describe('refuse', () => {
    it(
      'makes the next one who asks log in anew',
      marbles((_, scheduler) => {
        const { tokens$, tokens, calls } = world(scheduler);
        const seen: string[] = [];
        const ask = (): void => void shown(tokens$.present()).subscribe((n) => seen.push(n));

        ask();
        scheduler.flush();
        tokens$.refuse(tokens[0] ?? '');
        expect(calls()).toEqual(LOGIN);
        ask();
        scheduler.flush();
        // A late 401 for the first one says nothing about the second.
        tokens$.refuse(tokens[0] ?? '');
        ask();
        expect(seen).toEqual(['1', '2', '2']);
      }),
    );

    it(
      'keeps the name of the device',
      marbles((_, scheduler) => {
        let draws = 0;
        const { tokens$, tokens, requests } = world(scheduler, { random: () => (draws++ % 16) / 16 });
        tokens$.present().subscribe();
        scheduler.flush();
        tokens$.refuse(tokens[0] ?? '');
        draws = 5;
        tokens$.present().subscribe();
        scheduler.flush();

        expect(requests[3]?.body).toEqual(requests[1]?.body);
      }),
    );
  });

  describe('who I am', () => {
    it(
      'is the profile of the session',
      marbles((_, scheduler) => {
        const { tokens$, tokens } = world(scheduler, { profileId: 'option' });
        const seen: unknown[] = [];
        tokens$.profileId$.subscribe((id) => seen.push(id));
        tokens$.present().subscribe();
        scheduler.flush();
        tokens$.refuse(tokens[0] ?? '');
        tokens$.end().subscribe();

        expect(seen).toEqual(['option', 'me', 'option']);
      }),
    );

    it(
      'knows the session that a token opens',
      marbles((_, scheduler) => {
        const { tokens$, tokens } = world(scheduler);
        tokens$.present().subscribe();
        scheduler.flush();

        expect(tokens$.sessionIdOf(tokens[0] ?? '')).toBe('s1');
        expect(tokens$.sessionIdOf('other')).toBeUndefined();
      }),
    );
  });

  describe('end', () => {
    it(
      'tells the server, emits once, and the next one who asks logs in anew',
      marbles(({ expectObservable, flush }, scheduler) => {
        const { tokens$, calls, requests, tokens } = world(scheduler, { roundTripMs: 1 });

        expectObservable(shown(tokens$.present())).toBe('                              --(1|)     ');
        expectObservable(timer(5).pipe(concatMap(() => tokens$.end()))).toBe('                 ------(u|)', {
          u: undefined,
        });
        expectObservable(shown(timer(5).pipe(concatMap(tokens$.present)))).toBe('              -------(2|)');
        flush();
        expect(calls()).toEqual([...LOGIN, 'DELETE /sessions/s1', ...LOGIN]);
        expect(requests[2]?.headers).toEqual({ Authorization: `Bearer ${tokens[0]}` });
      }),
    );

    // Vendor weakness 1: after a resolved endSession() a new challenge ran and a new socket opened.
    it(
      'stops a login that is under way',
      marbles(({ expectObservable, flush }, scheduler) => {
        const { tokens$, calls } = world(scheduler, { roundTripMs: 3 });
        const closed = new ComapiError({ kind: 'closed', message: 'The session was ended meanwhile.' });

        expectObservable(tokens$.present()).toBe('--#', undefined, closed);
        expectObservable(tokens$.present()).toBe('--#', undefined, closed);
        expectObservable(timer(2).pipe(concatMap(() => tokens$.end()))).toBe('--(u|)', { u: undefined });
        flush();
        expect(calls()).toEqual(['GET /sessions/start']);
        expect(scheduler.actions).toEqual([]);
      }),
    );

    it(
      'leaves no timer behind',
      marbles(({ flush }, scheduler) => {
        const { tokens$ } = world(scheduler, { ttlS: 600 });
        tokens$.renewals$.subscribe();
        tokens$.present().subscribe();
        timer(10, scheduler).subscribe(() => tokens$.end().subscribe());
        flush();
        expect(scheduler.now()).toBe(10);
      }),
    );

    it(
      'is done also when the server does not know the session any more',
      marbles((_, scheduler) => {
        const { tokens$, tokens, revoked } = world(scheduler);
        const seen: unknown[] = [];
        tokens$.present().subscribe();
        scheduler.flush();
        tokens.forEach((token) => revoked.add(token));
        tokens$.end().subscribe({ next: (value) => seen.push(value), complete: () => seen.push('end') });
        scheduler.flush();

        expect(seen).toEqual([undefined, 'end']);
      }),
    );

    it(
      'has nothing to say to the server without a session',
      marbles((_, scheduler) => {
        const { tokens$, calls } = world(scheduler);
        tokens$.end().subscribe();
        tokens$.end().subscribe();
        expect(calls()).toEqual([]);
      }),
    );

    it(
      'says first that it begins, so that what runs for the old profile can stop',
      marbles((_, scheduler) => {
        const { tokens$, calls } = world(scheduler);
        const seen: (readonly string[])[] = [];
        tokens$.ended$.subscribe(() => seen.push(calls()));
        tokens$.present().subscribe();
        scheduler.flush();
        tokens$.end().subscribe();

        expect(seen).toEqual([LOGIN]);
      }),
    );
  });

  describe('the session store', () => {
    const store = (
      session?: StoredSession,
    ): ReturnType<typeof memorySessionStore> & { saved: (StoredSession | undefined)[] } => {
      const memory = memorySessionStore();
      const saved: (StoredSession | undefined)[] = [];
      if (session) from(memory.save('space', session)).subscribe();
      return { ...memory, save: (id, next) => (saved.push(next), memory.save(id, next)), saved };
    };

    it(
      'takes up an earlier session without any request',
      marbles((_, scheduler) => {
        const { tokens$, calls } = world(scheduler, {
          sessionStore: store(stored({ exp: 9e9, apiSpaceId: 'space' })),
        });
        const seen: string[] = [];
        tokens$.present().subscribe((token) => seen.push(sessionOf(token)));

        expect(seen).toEqual(['s9']);
        expect(calls()).toEqual([]);
      }),
    );

    it.each<[string, StoredSession]>([
      ['it is for another API space', stored({ apiSpaceId: 'other' })],
      ['it is for another profile', stored({}, { profileId: 'other' })],
      ['its token is expired', stored({ exp: 0.01 })],
      ['the server said that it is expired', stored({}, { expiresOn: '1970-01-01T00:00:00.010Z' })],
      ['it has no token', stored({}, { token: '' })],
    ])('logs in when %s', (_, session) => {
      marbles((__, scheduler) => {
        const sessionStore = store(session);
        const { tokens$, calls } = world(scheduler, { sessionStore, profileId: 'me' });
        timer(20, scheduler).subscribe(() => tokens$.present().subscribe());
        scheduler.flush();

        expect(calls()).toEqual(LOGIN);
        expect(sessionStore.saved).toEqual([expect.objectContaining({ sessionId: 's1', profileId: 'me' })]);
      })();
    });

    it.each([null, 5, 'token', {}, { ...stored({}), sessionId: 5 }])(
      'logs in when it holds %j',
      (session) => {
        marbles((__, scheduler) => {
          // @ts-expect-error: what somebody else wrote into the store
          const sessionStore: SessionStore = { load: () => of(session), save: () => EMPTY };
          const { tokens$, calls } = world(scheduler, { sessionStore });
          tokens$.present().subscribe();
          scheduler.flush();

          expect(calls()).toEqual(LOGIN);
        })();
      },
    );

    it(
      'logs in once the server refuses the earlier session, and keeps the name of the device',
      marbles((_, scheduler) => {
        const session = stored({});
        const sessionStore = store(session);
        const { tokens$, requests } = world(scheduler, { sessionStore });
        tokens$.present().subscribe();
        tokens$.refuse(session.token);
        tokens$.present().subscribe();
        scheduler.flush();

        expect(requests[1]?.body).toMatchObject({ deviceId: 'device' });
        expect(sessionStore.saved).toEqual([
          expect.objectContaining({ sessionId: 's1', deviceId: 'device' }),
        ]);
      }),
    );

    it(
      'ends an earlier session that was never used, and forgets it',
      marbles((_, scheduler) => {
        const session = stored({});
        const sessionStore = store(session);
        const { tokens$, calls, requests } = world(scheduler, { sessionStore });
        tokens$.end().subscribe();
        tokens$.present().subscribe();
        scheduler.flush();

        expect(calls()).toEqual(['DELETE /sessions/s9', ...LOGIN]);
        expect(requests[0]?.headers).toEqual({ Authorization: `Bearer ${session.token}` });
        expect(sessionStore.saved[0]).toBeUndefined();
      }),
    );

    it.each<[string, () => Observable<never>]>([
      [
        'throws',
        () => {
          throw new Error('quota');
        },
      ],
      ['errors', () => throwError(() => new Error('quota'))],
      ['gives nothing', () => EMPTY],
      ['never answers', () => NEVER],
    ])('costs a login and no more when it %s', (_, broken) => {
      marbles((__, scheduler) => {
        const { tokens$, calls } = world(scheduler, { sessionStore: { load: broken, save: broken } });
        const seen: string[] = [];
        shown(tokens$.present()).subscribe((n) => seen.push(n));
        scheduler.flush();
        tokens$.end().subscribe({ complete: () => seen.push('ended') });
        scheduler.flush();

        expect(seen).toEqual(['1', 'ended']);
        expect(calls()).toEqual([...LOGIN, 'DELETE /sessions/s1']);
      })();
    });

    it(
      'does not read again what it wrote itself',
      marbles((_, scheduler) => {
        const loads: string[] = [];
        const sessionStore = { load: (id: string) => (loads.push(id), EMPTY), save: () => new Subject() };
        const { tokens$, tokens } = world(scheduler, { sessionStore, requestTimeoutMs: 1 });
        const logIn = (): void => {
          tokens$.present().subscribe();
          scheduler.flush();
          tokens$.refuse(tokens.at(-1) ?? '');
        };
        logIn();
        logIn();

        expect(loads).toEqual(['space']);
        expect(tokens).toHaveLength(2);
      }),
    );
  });
});

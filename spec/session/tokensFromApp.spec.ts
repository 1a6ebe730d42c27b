import { describe, expect, it } from '@jest/globals';
import { concatMap, NEVER, type Observable, of, throwError, timer } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { tokensFromApp, type TokensFromAppOptions } from '../../lib/session/tokensFromApp.js';
import type { Tokens } from '../../lib/session/Tokens.js';
import type { AttemptContext } from '../../lib/transport/AttemptContext.js';
import { marbles } from '../support/marbles.js';
import { jwt } from './jwt.js';

/** An app whose n-th token is `n`; each takes 2 ms. */
const world = (
  scheduler: TestScheduler,
  options: Partial<TokensFromAppOptions> = {},
): { readonly tokens: Tokens; readonly asked: AttemptContext[] } => {
  const asked: AttemptContext[] = [];
  const getToken = (context: AttemptContext): Observable<string> => {
    const n = asked.push(context);
    return timer(2, scheduler).pipe(concatMap(() => of(`${n}`)));
  };
  return { tokens: tokensFromApp({ getToken, requestTimeoutMs: 100, scheduler, ...options }), asked };
};

describe('tokensFromApp', () => {
  it(
    'asks the app for each attempt to open a socket, with the reason',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens, asked } = world(scheduler);
      const first: AttemptContext = { attempt: 1, reason: 'first' };
      const second: AttemptContext = { attempt: 2, reason: 'reconnect' };

      expectObservable(tokens.forAttempt(first)).toBe('--(1|)');
      expectObservable(timer(5).pipe(concatMap(() => tokens.forAttempt(second)))).toBe('-------(2|)');
      flush();
      expect(asked).toEqual([first, second]);
    }),
  );

  it(
    'uses the token of the socket for requests too',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens, asked } = world(scheduler);

      expectObservable(tokens.forAttempt({ attempt: 1, reason: 'first' })).toBe('--(1|)');
      expectObservable(tokens.present()).toBe('                         --(1|)');
      expectObservable(timer(4).pipe(concatMap(tokens.present))).toBe('        ----(1|)');
      flush();
      expect(asked).toHaveLength(1);
    }),
  );

  it(
    'asks once for many requests',
    marbles(({ expectObservable, flush }, scheduler) => {
      const { tokens, asked } = world(scheduler);

      expectObservable(tokens.present()).toBe('                         --(1|)');
      expectObservable(timer(1).pipe(concatMap(tokens.present))).toBe('        --(1|)');
      flush();
      expect(asked).toEqual([{ attempt: 1, reason: 'first' }]);
    }),
  );

  it(
    'asks again after a 401 for the present token, and not for an older one',
    marbles((_, scheduler) => {
      const { tokens, asked } = world(scheduler);
      const seen: string[] = [];
      const ask = (): void => {
        tokens.present().subscribe((token) => seen.push(token));
        scheduler.flush();
      };
      ask();
      tokens.refuse('1');
      ask();
      tokens.refuse('1');
      ask();

      expect(seen).toEqual(['1', '2', '2']);
      expect(asked.map(({ reason }) => reason)).toEqual(['first', 'unauthorized']);
    }),
  );

  it('asks again when the token is over on any clock, however wrong the local one is', () => {
    for (const iat of [0, 5e8]) {
      marbles((_, scheduler) => {
        const { asked, tokens } = world(scheduler, {
          getToken: (context) => jwt({ iat, exp: iat + 10, n: asked.push(context) }),
        });
        for (const at of [0, 9_999, 10_000])
          timer(at, scheduler).subscribe(() => tokens.present().subscribe());
        scheduler.flush();

        expect(asked.map(({ reason }) => reason)).toEqual(['first', 'expired']);
      })();
    }
  });

  it(
    'keeps a token in use whose times make no sense: the server will say',
    marbles((_, scheduler) => {
      const { asked, tokens } = world(scheduler, {
        getToken: (context) => jwt({ iat: 100, exp: 10, n: asked.push(context) }),
      });
      for (const at of [0, 1e9]) timer(at, scheduler).subscribe(() => tokens.present().subscribe());
      scheduler.flush();

      expect(asked).toHaveLength(1);
    }),
  );

  it(
    'bounds how long a request waits for the app; a socket has its own limit',
    marbles(({ expectObservable }, scheduler) => {
      const { tokens } = world(scheduler, { getToken: () => NEVER });
      const silence = new ComapiError({ kind: 'timeout', message: 'getToken gave no answer within 100 ms.' });

      expectObservable(tokens.present()).toBe('100ms #', undefined, silence);
      expectObservable(tokens.forAttempt({ attempt: 1, reason: 'first' })).toBe('-');
    }),
  );

  it(
    'asks again after a failure',
    marbles(({ expectObservable }, scheduler) => {
      let answers = 0;
      const { tokens } = world(scheduler, {
        getToken: () => (answers++ === 0 ? throwError(() => new RangeError('x')) : 't'),
      });
      const failure = new ComapiError({ kind: 'network', message: 'getToken failed (RangeError).' });

      expectObservable(tokens.present()).toBe('#', undefined, failure);
      expectObservable(timer(3).pipe(concatMap(tokens.present))).toBe('---(t|)');
    }),
  );

  it.each<[string, string | undefined, string | undefined]>([
    ['the option', 'option', 'option'],
    ['else the sub of the token', undefined, 'zoë'],
  ])('says who I am: %s', (_, profileId, me) => {
    marbles((__, scheduler) => {
      const seen: unknown[] = [];
      const { tokens } = world(scheduler, { getToken: () => jwt({ sub: 'zoë' }), profileId });
      tokens.profileId$.subscribe((id) => seen.push(id));
      tokens.present().subscribe();
      tokens.present().subscribe();

      expect(seen).toEqual(profileId === undefined ? [undefined, me] : [me]);
    })();
  });

  it(
    'ends without a word to the server, and forgets the token',
    marbles((_, scheduler) => {
      const { tokens, asked } = world(scheduler);
      const seen: unknown[] = [];
      tokens.present().subscribe();
      scheduler.flush();
      tokens.end().subscribe({ next: (value) => seen.push(value), complete: () => seen.push('end') });
      tokens.present().subscribe();
      scheduler.flush();

      expect(seen).toEqual([undefined, 'end']);
      expect(asked.map(({ reason }) => reason)).toEqual(['first', 'first']);
    }),
  );

  it(
    'lets nothing of the old profile survive the end, not even an answer that is under way',
    marbles(({ expectObservable }, scheduler) => {
      const { tokens } = world(scheduler);
      const closed = new ComapiError({ kind: 'closed', message: 'The session was ended meanwhile.' });
      const attempt: AttemptContext = { attempt: 1, reason: 'first' };

      expectObservable(tokens.present()).toBe('                              -#', undefined, closed);
      expectObservable(tokens.forAttempt(attempt)).toBe('                    -#', undefined, closed);
      expectObservable(timer(1).pipe(concatMap(tokens.end))).toBe('          -(u|)', { u: undefined });
      expectObservable(timer(1).pipe(concatMap(tokens.present))).toBe('      ---(3|)');
    }),
  );

  it(
    'renews nothing by itself',
    marbles(({ flush }, scheduler) => {
      const { asked, tokens } = world(scheduler, {
        getToken: (context) => jwt({ iat: 0, exp: 10, n: asked.push(context) }),
      });
      tokens.renewals$.subscribe();
      tokens.present().subscribe();
      flush();
      expect(asked).toHaveLength(1);
      expect(scheduler.now()).toBe(0);
    }),
  );
});

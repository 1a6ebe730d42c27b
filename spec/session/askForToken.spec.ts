import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { EMPTY, firstValueFrom, lastValueFrom, NEVER, Observable, of, throwError, toArray } from 'rxjs';
import { askForToken, type TokenAnswer } from '../../lib/session/askForToken.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { marbles } from '../support/marbles.js';

const asked = (answer: () => TokenAnswer): Observable<string> =>
  askForToken({ name: 'getToken', ask: answer });

const faultOf = async (answer: () => TokenAnswer): Promise<ComapiError> => {
  const error: unknown = await firstValueFrom(asked(answer)).catch((reason: unknown) => reason);
  if (!(error instanceof ComapiError)) throw new Error('expected a ComapiError');
  return error;
};

describe('askForToken', () => {
  it.each<[string, () => TokenAnswer]>([
    ['the string itself, which is no sequence of characters', () => 'token'],
    ['a promise', () => Promise.resolve('token')],
    ['an Observable', () => of('token')],
    ['an Observable of several, of which the first counts', () => of('token', 'later')],
    ['an Observable that goes on for ever', () => new Observable((subscriber) => subscriber.next('token'))],
    ['an iterable', () => ['token']],
  ])('takes %s', async (_, answer) => {
    expect(await lastValueFrom(asked(answer).pipe(toArray()))).toEqual(['token']);
  });

  it.each<[string, () => TokenAnswer]>([
    ['null', () => null],
    ['undefined', () => undefined],
    ['the empty string', () => ''],
    ['a promise of null', () => Promise.resolve(null)],
    ['a promise of the empty string', () => Promise.resolve('')],
    ['completing empty', () => EMPTY],
  ])('takes %s for a refusal', async (_, answer) => {
    expect((await faultOf(answer)).fault).toEqual({
      kind: 'unauthorized',
      message: 'getToken gave no token: the app refuses to log in.',
    });
  });

  it.each<[string, () => TokenAnswer]>([
    [
      'throws',
      () => {
        throw new TypeError('SECRET');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('SECRET'))],
    ['errors', () => throwError(() => new TypeError('SECRET'))],
  ])(
    'gives a fault that is worth another try when it %s, and keeps the reason to itself',
    async (_, answer) => {
      const error = await faultOf(answer);

      expect(error.fault).toEqual({ kind: 'network', message: 'getToken failed (TypeError).' });
      expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('SECRET');
    },
  );

  it('says that something failed which is no Error', async () => {
    expect((await faultOf(() => Promise.reject('SECRET'))).message).toBe('getToken failed.');
  });

  it.each([12, { token: 'x' }, Symbol('x')])(
    'fails with %p, which is neither token nor stream',
    async (answer) => {
      // @ts-expect-error: what no type checker has seen
      expect((await faultOf(() => answer)).message).toBe('getToken failed (TypeError).');
    },
  );

  it('fails with a stream of what is no text', async () => {
    // @ts-expect-error: what no type checker has seen
    expect((await faultOf(() => of(12))).code).toBe('network');
  });

  it('asks for each subscription, and not before', () => {
    const questions: string[] = [];
    const token$ = asked(() => `${questions.push('?')}`);

    expect(questions).toEqual([]);
    token$.subscribe();
    token$.subscribe();
    expect(questions).toEqual(['?', '?']);
  });

  it(
    'lets go of the answer when nobody waits any more',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer = cold('---t');
      const unsub = '              --!';
      const subs = '               ^-!';

      expectObservable(
        asked(() => answer),
        unsub,
      ).toBe('---');
      expectSubscriptions(answer.subscriptions).toBe(subs);
    }),
  );

  it(
    'waits as long as the answer does',
    marbles(({ expectObservable }) => {
      expectObservable(asked(() => NEVER)).toBe('-');
    }),
  );
});

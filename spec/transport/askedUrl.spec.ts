import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  Observable,
  type ObservableInput,
  of,
  throwError,
  toArray,
} from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { askedUrl } from '../../lib/transport/askedUrl.js';

const URL_OF_SOCKET = 'wss://api.example/socket?token=SECRET';

const bug = (): never => {
  throw new SyntaxError();
};

const failureOf = (ask: () => ObservableInput<string>): Promise<unknown> =>
  firstValueFrom(askedUrl(ask)).then(
    () => 'no failure',
    (error: unknown) => error,
  );

describe('askedUrl', () => {
  it.each([
    ['an Observable', () => of(URL_OF_SOCKET)],
    ['a promise', () => Promise.resolve(URL_OF_SOCKET)],
    ['an array', () => [URL_OF_SOCKET]],
    ['a string', () => URL_OF_SOCKET],
    ['the first of many', () => of(URL_OF_SOCKET, 'wss://other')],
  ])('takes the URL from %s', async (_, ask: () => ObservableInput<string>) => {
    expect(await lastValueFrom(askedUrl(ask).pipe(toArray()))).toEqual([URL_OF_SOCKET]);
  });

  it('asks on each subscription and not before', async () => {
    let asked = 0;
    const url$ = askedUrl(() => [`wss://api.example/${(asked += 1)}`]);

    expect(asked).toBe(0);
    expect([await firstValueFrom(url$), await firstValueFrom(url$)]).toEqual([
      'wss://api.example/1',
      'wss://api.example/2',
    ]);
  });

  it('lets go of the asked one on unsubscription', () => {
    let isAsked = false;
    const asking$ = new Observable<string>(() => {
      isAsked = true;
      return () => (isAsked = false);
    });

    const asking = askedUrl(() => asking$).subscribe();
    expect(isAsked).toBe(true);
    asking.unsubscribe();
    expect(isAsked).toBe(false);
  });

  it.each([
    ['throws', bug],
    ['rejects', () => Promise.reject(new SyntaxError())],
    ['errors', () => throwError(() => new SyntaxError())],
  ])('is a failure of the token when the asked one %s', async (_, ask) => {
    expect(await failureOf(ask)).toEqual({ kind: 'token', cause: expect.any(SyntaxError) });
  });

  it('hands on how long a server asked to wait', async () => {
    const cause = new ComapiError({ kind: 'rate-limited', message: 'Later.', retryAfterMs: 4_000 });

    expect(await failureOf(() => throwError(() => cause))).toEqual({
      kind: 'token',
      cause,
      retryAfterMs: 4_000,
    });
  });

  it('stops on a ComapiError that says unauthorized, and not on others', async () => {
    const refusal = new ComapiError({ kind: 'unauthorized', message: 'No.' });
    const other = new ComapiError({ kind: 'forbidden', message: 'No.' });

    expect(await failureOf(() => throwError(() => refusal))).toBe(refusal);
    expect(await failureOf(() => throwError(() => other))).toEqual({ kind: 'token', cause: other });
  });

  it('stops on a ComapiError that says invalid-url: there is no way to a token', async () => {
    const nowhere = new ComapiError({ kind: 'invalid-url', message: 'No.' });

    expect(await failureOf(() => throwError(() => nowhere))).toBe(nowhere);
  });

  it('takes an asked one that completes without an answer for a refusal', async () => {
    expect(await failureOf(() => EMPTY)).toMatchObject({ name: 'ComapiError', code: 'unauthorized' });
  });

  it.each([
    '',
    'SECRET',
    '/socket?token=SECRET',
    'https://api.example/?token=SECRET',
    'wss://[?token=SECRET',
    'wss://a/#SECRET',
  ])('stops on %p, which is no URL for a socket, without quoting it', async (url) => {
    const failure = await failureOf(() => of(url));

    expect(failure).toMatchObject({ name: 'ComapiError', code: 'invalid-url' });
    expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('SECRET');
  });
});

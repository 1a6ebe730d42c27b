import { describe, expect, it } from '@jest/globals';
import * as t from 'io-ts';
import { map, of } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { decodedBy } from '../../lib/transport/decodedBy.js';
import { marbles } from '../support/marbles.js';

const Thing = t.type({ inner: t.type({ id: t.string }) }, 'Thing');

describe('decodedBy', () => {
  const decode = decodedBy(Thing, { endpoint: 'GET /things' });

  it('takes what fits', () => {
    const body = { inner: { id: 'a', more: 1 } };

    expect(decode({ body, status: 200 })).toBe(body);
  });

  it(
    'errors with the first place that does not fit, and no value',
    marbles(({ expectObservable }) => {
      const body = { inner: { id: { secret: 1 } } };

      expectObservable(of({ body, status: 200 }).pipe(map(decode))).toBe(
        '#',
        undefined,
        new ComapiError({
          kind: 'invalid-response',
          message: 'GET /things: unusable answer: inner.id: expected string.',
          status: 200,
          endpoint: 'GET /things',
        }),
      );
    }),
  );
});

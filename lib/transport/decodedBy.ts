import type * as t from 'io-ts';
import { misfits } from '../wire/misfits.js';
import type { HttpRequest, HttpResponse } from './Http.js';
import { invalidResponse } from './invalidResponse.js';

/**
 * Takes the body of an answer for what it ought to be, or throws: made for `map`, which turns that into an error
 * of the stream.
 *
 * The fault names the first place that does not fit, and never a value.
 *
 * @param codec What the body ought to be.
 * @param request Which request was answered, for the fault.
 */
export const decodedBy =
  <A>(codec: t.Type<A>, { endpoint }: Pick<HttpRequest, 'endpoint'>) =>
  ({ body, status }: Pick<HttpResponse, 'body' | 'status'>): A => {
    if (codec.is(body)) return body;
    throw invalidResponse({ endpoint, status }, misfits(codec, body)[0] ?? `expected ${codec.name}`);
  };

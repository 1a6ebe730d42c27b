import { defer, finalize, from, noop, type SchedulerLike } from 'rxjs';
import type { ComapiError } from '../fault/ComapiError.js';
import { present } from '../stream/present.js';
import { within } from '../stream/within.js';
import type { Http, HttpRequest, HttpResponse } from './Http.js';
import { invalidResponse } from './invalidResponse.js';
import { memberOf } from './memberOf.js';
import { readText } from './readText.js';
import { refusedAnswer } from './refusedAnswer.js';
import { requestError } from './requestError.js';
import { retryAfter } from './retryAfter.js';
import { withoutEndSlashes } from './withoutEndSlashes.js';

export interface FetchHttpOptions {
  /** Where the REST API is: `'https://api.comapi.com'`. */
  readonly urlBase: string;
  readonly apiSpaceId: string;
  /** Asked on each request, so that a fetch that is patched or polyfilled later is the one in use. */
  readonly fetch: () => typeof globalThis.fetch;
  /** From the request to the last byte of the answer, in ms. */
  readonly requestTimeoutMs: number;
  readonly scheduler: SchedulerLike;
  /** Largest answer in bytes, counted while it streams in. Default: 16 MiB. */
  readonly maxBodyBytes?: number;
}

/**
 * Makes an {@link Http} of the platform's fetch.
 *
 * * Redirects are not followed, and cookies and caches are not used: a token goes to the configured server
 *   and to nobody else, and an answer is never an old one.
 * * A watchdog of its own errors after `requestTimeoutMs`, also where the platform ignores the abort.
 * * What fetch rejects with is dropped: such errors may quote the URL or a header.
 *
 * @returns One request per subscription; unsubscribing aborts it. Errors only with a `ComapiError`.
 */
export const fetchHttp =
  (options: FetchHttpOptions): Http =>
  (request) =>
    defer(() => {
      const abort = new AbortController();
      return from(exchange(options, request, abort.signal)).pipe(finalize(() => abort.abort()));
    }).pipe(
      within(options.requestTimeoutMs, {
        late: () => timedOut(request, options.requestTimeoutMs),
        scheduler: options.scheduler,
      }),
    );

/** The one place of promises; `async` also catches a fetch that throws at once. */
const exchange = async (
  options: FetchHttpOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  const response = await send(options, request, signal);
  const date = Date.parse(response.headers.get('date') ?? '');
  const servedAt = Number.isNaN(date) ? undefined : date;

  if (response.status < 200 || response.status > 299) {
    // The rest of a refusal is not read: it would only hold the connection.
    response.body?.cancel().catch(noop);
    const wait = response.headers.get('retry-after') ?? undefined;
    const retryAfterMs = retryAfter(wait, servedAt ?? options.scheduler.now());
    throw refusedAnswer({ status: response.status, endpoint: request.endpoint, retryAfterMs });
  }
  return {
    status: response.status,
    headers: (name) => response.headers.get(name) ?? undefined,
    body: jsonOrText(await textOf(response, request, options.maxBodyBytes ?? 16 * 2 ** 20)),
    ...present({ servedAt }),
  };
};

const send = async (
  options: FetchHttpOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> => {
  const { method, headers, body, endpoint } = request;
  const url = urlOf(options, request);
  try {
    const response: unknown = await options.fetch()(url, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Says no-cache to every cache on the way without headers that a CORS preflight would have to allow.
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      signal,
    });
    if (isResponse(response)) return response;
  } catch (error) {
    throw unreachable(endpoint, error);
  }
  throw requestError({ kind: 'network', endpoint }, 'fetch gave no Response.');
};

/** No platform's fetch takes a name and a password in the URL. */
const urlOf = (
  { urlBase, apiSpaceId }: FetchHttpOptions,
  { path, query = [], endpoint }: HttpRequest,
): string => {
  try {
    const { protocol, username, password } = new URL(urlBase);
    if (/^https?:$/.test(protocol) && username === '' && password === '') {
      const queryText = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
      const below = `${withoutEndSlashes(urlBase)}/apispaces/${encodeURIComponent(apiSpaceId)}`;
      return `${below}${path}${queryText && `?${queryText}`}`;
    }
  } catch {
    // The platform's own error quotes the URL.
  }
  throw requestError({ kind: 'invalid-url', endpoint }, 'there is no http: or https: URL to ask.');
};

/** Not by `instanceof`: a fetch may come from another realm. */
const isResponse = (value: unknown): value is Response =>
  typeof memberOf(value, 'status') === 'number' &&
  typeof memberOf(memberOf(value, 'headers'), 'get') === 'function';

const textOf = async (response: Response, { endpoint }: HttpRequest, maxBytes: number): Promise<string> => {
  const text = await readText(response, maxBytes).catch((error: unknown) => {
    throw unreachable(endpoint, error);
  });
  if (text !== undefined) return text;
  throw invalidResponse({ endpoint, status: response.status }, `larger than ${maxBytes} bytes`);
};

const jsonOrText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const timedOut = ({ endpoint }: HttpRequest, afterMs: number): ComapiError =>
  requestError({ kind: 'timeout', endpoint }, `no answer within ${afterMs} ms.`);

const unreachable = (endpoint: string, error: unknown): ComapiError => {
  const code = systemCode(error);
  return requestError({ kind: 'network', endpoint }, `the connection failed${code && ` (${code})`}.`);
};

/** `ECONNREFUSED` and its like are all that is taken from the platform's error. */
const systemCode = (error: unknown): string => {
  const code = memberOf(memberOf(error, 'cause'), 'code');
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '';
};

import type { Observable } from 'rxjs';

/** One request below the API space. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * Begins with `/`, is already encoded and has no query. `{sessionId}`, which no encoded id can contain,
   * stands for the session that authorises the request.
   */
  readonly path: string;
  /** Names and values as they are; they are encoded on the way out. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Travels as JSON. Absent: no body. */
  readonly body?: unknown;
  /** The request with placeholders for ids, for faults: `'GET /conversations/{id}/events'`. */
  readonly endpoint: string;
}

/** An answer with a 2xx status. */
export interface HttpResponse {
  readonly status: number;
  /** A header by its name in any case. */
  readonly headers: (name: string) => string | undefined;
  /** The parsed JSON, or the text when it is not JSON. */
  readonly body: unknown;
  /** When the server answered by its own clock, in ms since 1970; absent where no `Date` header can be read. */
  readonly servedAt?: number;
}

/**
 * Requests in, answers out: cold, one request per subscription, aborted on unsubscribe.
 *
 * Emits one answer and completes, or errors with a `ComapiError`. It repeats nothing by itself.
 */
export type Http = (request: HttpRequest) => Observable<HttpResponse>;

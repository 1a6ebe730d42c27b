import { defer, type Observable, of } from 'rxjs';
import type { Http, HttpRequest, HttpResponse } from '../../lib/transport/Http.js';

export interface FakeHttp {
  readonly http: Http;
  /** In the order of their subscriptions. */
  readonly requests: readonly HttpRequest[];
  /** `'POST /sessions'` and so on, in the same order. */
  readonly calls: () => readonly string[];
}

/** An answer with JSON in it. */
export const answer = (body: unknown, more: Partial<HttpResponse> = {}): HttpResponse => ({
  status: 200,
  headers: () => undefined,
  body,
  ...more,
});

/** An Http that a function answers: with a response, or with a stream of one. */
export const fakeHttp = (
  respond: (request: HttpRequest, index: number) => HttpResponse | Observable<HttpResponse>,
): FakeHttp => {
  const requests: HttpRequest[] = [];
  return {
    http: (request) =>
      defer(() => {
        const response = respond(request, requests.push(request) - 1);
        return 'status' in response ? of(response) : response;
      }),
    requests,
    calls: () => requests.map(({ method, path }) => `${method} ${path}`),
  };
};

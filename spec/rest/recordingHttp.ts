import { defer, of } from 'rxjs';
import type { Http, HttpRequest, HttpResponse } from '../../lib/transport/Http.js';

export interface RecordingHttp {
  readonly http: Http;
  readonly requests: readonly HttpRequest[];
}

export interface Answer {
  readonly body?: unknown;
  readonly etag?: string;
  readonly status?: number;
  readonly servedAt?: number;
}

/** An Http that answers everything with this, and remembers what was asked. */
export const recordingHttp = ({ body = '', etag, status = 200, servedAt }: Answer = {}): RecordingHttp => {
  const requests: HttpRequest[] = [];
  const response: HttpResponse = {
    status,
    headers: (name) => (name.toLowerCase() === 'etag' ? etag : undefined),
    body,
    ...(servedAt !== undefined && { servedAt }),
  };
  return { http: (request) => defer(() => (requests.push(request), of(response))), requests };
};

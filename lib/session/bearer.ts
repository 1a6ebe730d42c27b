import type { HttpRequest } from '../transport/Http.js';

/** The same request with a token; a header of that name which it had before is replaced. */
export const bearer = (request: HttpRequest, token: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, Authorization: `Bearer ${token}` },
});

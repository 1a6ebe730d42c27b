import type { ComapiError } from '../fault/ComapiError.js';
import type { ErrorCode } from '../fault/Fault.js';
import { present } from '../stream/present.js';
import { requestError } from './requestError.js';

/** What an answer tells about its failure. */
export interface RefusedAnswer {
  readonly status: number;
  readonly endpoint: string;
  readonly retryAfterMs?: number | undefined;
}

/** The error of an answer whose status is not 2xx. Its body plays no part: it may quote what was sent. */
export const refusedAnswer = ({ status, endpoint, retryAfterMs }: RefusedAnswer): ComapiError => {
  const [kind, sentence] = BY_STATUS[status] ?? otherwise(status);
  // A browser hides the status of a redirect behind 0.
  const known = present({ status: status || undefined, retryAfterMs });
  return requestError({ kind, endpoint, ...known }, sentence);
};

const BY_STATUS: Readonly<Partial<Record<number, readonly [ErrorCode, string]>>> = {
  401: ['unauthorized', 'the server does not accept the session (401).'],
  403: ['forbidden', 'the server does not allow this (403).'],
  404: ['not-found', 'the server does not know this (404).'],
  409: ['conflict', 'the server already has something else here (409).'],
  410: ['not-found', 'the server no longer has this (410).'],
  412: ['precondition-failed', 'the etag is not the present one: somebody else changed it before (412).'],
  429: ['rate-limited', 'the server asks for fewer requests (429).'],
};

const otherwise = (status: number): readonly [ErrorCode, string] =>
  status === 0 || (status >= 300 && status < 400)
    ? [
        'http',
        'the server sent a redirect, which is not followed: the token stays with the server it is for.',
      ]
    : ['http', `the server answered ${status}.`];

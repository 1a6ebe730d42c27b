import type { IncomingMessage } from 'node:http';
import type { AnsweredRequest } from './AnsweredRequest.js';

export interface RequestBook {
  /** Notes that a request came; the returned function notes its answer. */
  begin(request: IncomingMessage): (status: number) => void;
  readonly requests: readonly AnsweredRequest[];
}

const longest = 10_000;

/** Keeps the last 10,000 requests, in the order of their answers. */
export const createRequestBook = (now: () => number): RequestBook => {
  const requests: AnsweredRequest[] = [];

  return {
    begin: ({ method = '', url = '' }) => {
      const at = now();
      return (status) => {
        requests.push({ method, path: url.split('?')[0] ?? '', status, at });
        if (requests.length > longest) requests.shift();
      };
    },
    get requests() {
      return [...requests];
    },
  };
};

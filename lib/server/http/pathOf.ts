import type { IncomingMessage } from 'node:http';

export interface Path {
  /** Everything before the query, as it came. */
  readonly raw: string;
  /** The parts between the slashes, percent-decoded: one of them may hold any character, slashes too. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/**
 * Takes the target of a request apart, or finds that it is not percent-encoded as it should be.
 *
 * `URL` is no help here: it would take a conversation called `..` for a step upwards.
 */
export const pathOf = ({ url = '/' }: IncomingMessage): Path | undefined => {
  const [raw = '', ...query] = url.split('?');
  try {
    return {
      raw,
      segments: raw
        .split('/')
        .slice(1)
        .map((segment) => decodeURIComponent(segment)),
      query: new URLSearchParams(query.join('?')),
    };
  } catch {
    return undefined;
  }
};

import type { HttpRequest, HttpResponse } from '../transport/Http.js';
import { invalidResponse } from '../transport/invalidResponse.js';
import type { DecodeError } from '../wire/DecodeError.js';

export interface UsableItemsOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of each item that is left out. Default: nobody is. */
  readonly report?: (unusable: DecodeError) => void;
}

/**
 * Takes the body of an answer for a list, and reads it item by item: a bad one is left out and reported, and costs no
 * other its place. Throws when the body is no list at all: made for `map`, which turns that into an error of the stream.
 *
 * @param read Gives `undefined` for an item without an id.
 * @param request Which request was answered, for the fault.
 */
export const usableItems =
  <A>(
    read: (item: unknown) => A | undefined,
    { endpoint }: Pick<HttpRequest, 'endpoint'>,
    { now, report }: UsableItemsOptions,
  ) =>
  ({ body, status }: Pick<HttpResponse, 'body' | 'status'>): readonly A[] => {
    if (!Array.isArray(body)) throw invalidResponse({ endpoint, status }, '(root): expected array');
    const items: readonly unknown[] = body;
    return items.flatMap((item, index) => {
      const usable = read(item);
      if (usable !== undefined) return [usable];
      const errors = [`${index}.id: expected non-empty string`];
      report?.({ kind: 'invalid-payload', errors, raw: () => item, meta: { receivedAt: now() } });
      return [];
    });
  };

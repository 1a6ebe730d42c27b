import type { HttpResponse } from '../transport/Http.js';

/** A value with the mark of its version at the server. */
export interface Tagged<A> {
  readonly value: A;
  /** Goes back as {@link IfMatch}. Absent where the server sends none, or hides it from browsers. */
  readonly etag?: string;
}

/** Puts a value together with the etag of the answer that brought it. */
export const tagged = <A>(value: A, { headers }: HttpResponse): Tagged<A> => {
  const etag = headers('etag');
  return { value, ...(etag !== undefined && { etag }) };
};

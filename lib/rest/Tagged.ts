import { map, type OperatorFunction } from 'rxjs';
import { present } from '../stream/present.js';
import type { HttpResponse } from '../transport/Http.js';

/** A value with the mark of its version at the server. */
export interface Tagged<A> {
  readonly value: A;
  /** Goes back as {@link IfMatch}. Absent where the server sends none, or hides it from browsers. */
  readonly etag?: string;
}

/** Reads answers, and puts what was read together with the etag of its answer. */
export const withTag = <A>(read: (response: HttpResponse) => A): OperatorFunction<HttpResponse, Tagged<A>> =>
  map((response) => {
    const etag = response.headers('etag');
    return { value: read(response), ...present({ etag }) };
  });

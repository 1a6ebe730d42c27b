import * as t from 'io-ts';
import { concatMap, defer, map, type Observable, of } from 'rxjs';
import { check, either, having, objectWith, required, STRING } from '../fault/checkKinds.js';
import { present } from '../stream/present.js';
import { decodedBy } from '../transport/decodedBy.js';
import type { Http } from '../transport/Http.js';
import { Id } from '../wire/Id.js';
import { maybe } from '../wire/maybe.js';
import { objectOf } from '../wire/objectOf.js';
import type { UploadedContent } from './Content.js';
import { queryOf } from './queryOf.js';
import { requestTo } from './requestTo.js';
import type { Rest } from './Rest.js';

/** A Blob is read when somebody subscribes, and travels as base64 text like a string. */
export const uploadContent =
  (http: Http): Rest['uploadContent'] =>
  (content, options = {}) => {
    check(CONTENT, { content });
    check(FOLDER, { options });
    const { data, name, type } = content;
    const { folder } = options;
    const request = requestTo`POST /content`;
    const query = queryOf({ folder });
    return base64Of(data).pipe(
      concatMap((base64) => http({ ...request, query, body: { data: base64, name, type } })),
      map(decodedBy(ContentAnswer, request)),
      map(uploaded),
    );
  };

const ContentAnswer = objectOf(
  { url: Id },
  {
    id: maybe(t.string),
    type: maybe(t.string),
    size: maybe(t.number),
    folder: maybe(t.string),
    name: maybe(t.string),
  },
  'ContentAnswer',
);

const uploaded = ({
  id,
  url,
  type,
  size,
  folder,
  name,
}: t.TypeOf<typeof ContentAnswer>): UploadedContent => ({
  url,
  ...present({ id, type, size, folder, name }),
});

const base64Of = (data: string | Blob): Observable<string> =>
  typeof data === 'string'
    ? of(data)
    : defer(() => data.arrayBuffer()).pipe(map((buffer) => btoa(byteText(new Uint8Array(buffer)))));

/** One character for each byte, in slices: a function takes only so many arguments. */
const byteText = (bytes: Uint8Array): string => {
  const slices: string[] = [];
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
    slices.push(String.fromCharCode(...bytes.subarray(start, start + SLICE_BYTES)));
  }
  return slices.join('');
};

const SLICE_BYTES = 8_192;

/** By what it can do: it may come from another realm. */
const BLOB = having('a Blob', 'arrayBuffer');

const CONTENT = required(
  objectWith({ data: required(either(STRING, BLOB)), name: required(STRING), type: required(STRING) }),
);

const FOLDER = objectWith({ folder: STRING });

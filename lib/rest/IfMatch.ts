import { check, objectWith, STRING } from '../fault/checkKinds.js';

/** Makes a change conditional. */
export interface IfMatch {
  /**
   * The version that the change was made for. When it is no longer the present one, nothing is changed and the
   * request errors with `'precondition-failed'`. Default: the change is made in any case.
   */
  readonly etag?: string | undefined;
}

/** The header for it. Throws a `TypeError` for an etag that no header can hold. */
export const ifMatch = (options: IfMatch = {}): { readonly headers?: Readonly<Record<string, string>> } => {
  check(IF_MATCH, { options });
  const { etag } = options;
  if (etag === undefined) return {};
  if (!/^[\x21-\x7e]+$/.test(etag))
    throw new TypeError('An etag is visible ASCII text, as it came from the server.');
  return { headers: { 'If-Match': etag } };
};

const IF_MATCH = objectWith({ etag: STRING });

import { createHash } from 'node:crypto';

/** The entity tag of a value: a quoted string, its length and a digest, as Express makes them. */
export const etagOf = (value: unknown): string => {
  const text = JSON.stringify(value);
  const digest = createHash('sha1').update(text).digest('base64').slice(0, 27);
  return `"${Buffer.byteLength(text).toString(16)}-${digest}"`;
};

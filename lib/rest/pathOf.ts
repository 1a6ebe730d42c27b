import { encoded } from './encoded.js';

/**
 * Builds a path of fixed text and of ids, each of which becomes one segment whatever it holds.
 *
 *     pathOf`/conversations/${'DOMAIN\\user@host'}/events`   ->   /conversations/DOMAIN%5Cuser%40host/events
 *
 * Ids that cannot reach the server as they are, are refused in the caller's stack: with a `TypeError` what is no
 * string, with a `RangeError` the empty id (it would mean the whole collection), half a surrogate pair (it has no
 * UTF-8), and `.` and `..` (every URL parser takes them for steps in the path, `%2E%2E` included).
 */
export const pathOf = (text: TemplateStringsArray, ...ids: readonly string[]): string =>
  String.raw({ raw: text }, ...ids.map(segment));

const segment = (id: string): string => {
  if (typeof id !== 'string') throw new TypeError(`An id has to be a string, not ${typeof id}.`);
  if (id === '' || id === '.' || id === '..') throw new RangeError(`${JSON.stringify(id)} cannot be an id.`);
  return encoded(id, 'An id');
};

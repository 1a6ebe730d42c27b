import { queryOf } from './queryOf.js';

export interface PageRange {
  /** The id that the page begins with, in the direction that the endpoint reads in. */
  readonly from?: number | undefined;
  /** How many events the page has at most. Default: 100. */
  readonly limit?: number | undefined;
}

/** The query for a page. Throws a `RangeError` for what can be no position and no count. */
export const pageQuery = ({ from, limit = 100 }: PageRange): readonly (readonly [string, string])[] => {
  if (from !== undefined && !(Number.isSafeInteger(from) && from >= 0)) {
    throw new RangeError('from has to be an integer that is 0 or more.');
  }
  if (!(Number.isSafeInteger(limit) && limit > 0))
    throw new RangeError('limit has to be an integer above 0.');
  return queryOf({ from, limit });
};

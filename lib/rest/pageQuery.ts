import { checkKinds, whole } from '../fault/checkKinds.js';
import { queryOf } from './queryOf.js';

export interface PageRange {
  /** The id that the page begins with, in the direction that the endpoint reads in. */
  readonly from?: number | undefined;
  /** How many events the page has at most. Default: 100. */
  readonly limit?: number | undefined;
}

/** The query for a page. Throws a `RangeError` for what can be no position and no count. */
export const pageQuery = ({ from, limit = 100 }: PageRange): readonly (readonly [string, string])[] => {
  checkKinds({ from, limit }, RANGE);
  return queryOf({ from, limit });
};

const RANGE = { from: whole(0), limit: whole(1) };

import type { FaultsInForce } from '../faults/faultsInForce.js';

/** How many of `available` things a page holds that was asked for `limit`, as the faults have it. */
export const pageSize = (
  faults: FaultsInForce,
  { limit, available }: { readonly limit: number; readonly available: number },
): number => {
  const wanted = Math.min(limit, available);
  const { maxPageSize = Infinity } = faults.current;
  if (maxPageSize < wanted) faults.count('maxPageSize');
  const capped = Math.min(wanted, maxPageSize);
  if (capped < 2 || !faults.strikes('shortPages')) return capped;
  faults.count('shortPages');
  return faults.upTo(capped - 1);
};

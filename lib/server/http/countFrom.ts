import { Refusal } from '../Refusal.js';

/** A whole number of at least `least` from a query, or a refusal. Absent stays absent. */
export const countFrom = (query: URLSearchParams, name: string, least: number): number | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(count) && count >= least) return count;
  throw new Refusal(400, `'${name}' has to be a whole number of at least ${least}.`);
};

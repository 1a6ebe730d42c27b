import type { Profile } from '../state/Profile.js';

/** What a value begins with in a query, and what it then means. Longer ones first. */
const comparisons: readonly (readonly [string, (field: string, wanted: string) => boolean])[] = [
  ['>=', (field, wanted) => isOrdered(wanted, field)],
  ['<=', (field, wanted) => isOrdered(field, wanted)],
  ['>', (field, wanted) => !isOrdered(field, wanted)],
  ['<', (field, wanted) => !isOrdered(wanted, field)],
  ['!', (field, wanted) => field !== wanted],
  ['^', (field, wanted) => field.startsWith(wanted)],
  ['$', (field, wanted) => field.endsWith(wanted)],
  ['~', (field, wanted) => field.includes(wanted)],
];

/**
 * Reads a query as mongo-querystring does: `name=Bob`, `name=!Bob`, `name=^B`, `name=~ob`, `age=>30`.
 *
 * Every field of the query has to match; a profile without such a field matches only `!`.
 */
export const matchesQuery = (query: URLSearchParams) => {
  const conditions = [...query].map(([name, text]) => {
    const [sign, compare] = comparisons.find(([prefix]) => text.startsWith(prefix)) ?? ['', isEqual];
    const wanted = text.slice(sign.length);
    return (fields: ReadonlyMap<string, unknown>): boolean =>
      fields.has(name) ? compare(String(fields.get(name)), wanted) : sign === '!';
  });

  return (profile: Profile): boolean => {
    const fields = new Map(Object.entries(profile));
    return conditions.every((holds) => holds(fields));
  };
};

const isEqual = (field: string, wanted: string): boolean => field === wanted;

/** Numbers are ordered as numbers, and everything else as text. */
const isOrdered = (low: string, high: string): boolean =>
  [low, high].some((text) => text.trim() === '' || Number.isNaN(Number(text)))
    ? low <= high
    : Number(low) <= Number(high);

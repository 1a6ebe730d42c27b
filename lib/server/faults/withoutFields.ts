import type { Faults } from './Faults.js';
import type { FaultsInForce } from './faultsInForce.js';

type Field = NonNullable<Faults['omit']>[number];

/** How a field is spelled where it is left out. */
const spellings: Readonly<Record<Field, readonly string[]>> = {
  context: ['context'],
  publishedOn: ['publishedOn'],
  sentEventId: ['sentEventId'],
  statusUpdates: ['statusUpdates'],
  etag: ['etag', 'eTag', '_etag', 'ETag'],
};

/**
 * Leaves out of a record, such as a frame or the headers of an answer, those of the given fields that the fault
 * `omit` names, and counts each.
 */
export const withoutFields = <V>(
  record: Readonly<Record<string, V>>,
  faults: FaultsInForce,
  fields: readonly Field[],
): Readonly<Record<string, V>> => {
  const names = fields.filter((field) => faults.current.omit?.includes(field));
  const gone = names.flatMap((field) => spellings[field]).filter((name) => name in record);
  if (gone.length === 0) return record;
  gone.forEach(() => faults.count('omit'));
  return Object.fromEntries(Object.entries(record).filter(([name]) => !gone.includes(name)));
};

import { guardOf } from './guardOf.js';
import * as t from 'io-ts';

/**
 * An array on the wire, of which an error names the first wrong item only.
 *
 * `t.array` makes an error for each of them, and one hostile frame has room for a hundred thousand.
 */
export const listOf = <A>(item: t.Type<A>): t.Type<readonly A[]> => {
  const isItem = guardOf(item);
  const isList = (value: unknown): value is readonly A[] => Array.isArray(value) && value.every(isItem);

  return new t.Type<readonly A[]>(
    'array',
    isList,
    (value, context) => {
      if (isList(value)) return t.success(value);
      if (!Array.isArray(value)) return t.failure(value, context);
      const items: readonly unknown[] = value;
      const key = items.findIndex((candidate) => !isItem(candidate));
      const found = item.validate(items[key], t.appendContext(context, String(key), item, items[key]));
      return found._tag === 'Left' ? found : t.failure(value, context);
    },
    t.identity,
  );
};

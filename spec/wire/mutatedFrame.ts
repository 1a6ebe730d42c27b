import fc from 'fast-check';
import { everySample } from './everySample.js';

type Key = string | number;
type Mutation = (parent: unknown, key: Key, value: unknown) => unknown;

const isParent = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The paths of all members, at any depth. */
const pathsOf = (value: unknown): readonly (readonly Key[])[] =>
  isParent(value)
    ? Object.entries(value).flatMap(([key, member]) => [
        [key],
        ...pathsOf(member).map((path) => [key, ...path]),
      ])
    : [];

/** A copy without one member, or with another one, built so that `__proto__` is a key like any other. */
const without: Mutation = (parent, key) =>
  Array.isArray(parent)
    ? parent.filter((_, index) => String(index) !== key)
    : Object.fromEntries(Object.entries(Object(parent)).filter(([name]) => name !== key));

const replaced: Mutation = (parent, key, value) =>
  Array.isArray(parent)
    ? parent.map((item: unknown, index) => (String(index) === key ? value : item))
    : Object.fromEntries(
        Object.entries(Object(parent)).map(([name, old]) => [name, name === key ? value : old]),
      );

const changed = (
  parent: unknown,
  path: readonly Key[],
  change: (parent: unknown, key: Key) => unknown,
): unknown => {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return change(parent, key);
  return replaced(parent, key, changed(memberOf(parent, key), rest, change));
};

const memberOf = (parent: unknown, key: Key): unknown =>
  Object.entries(Object(parent)).find(([name]) => name === String(key))?.[1];

/** What a field may hold instead, the numbers and ids that trip programs up first. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, 1.5, 2 ** 53, '12', true, [], {}, [null], [[]], { id: 'garden' }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '\ud800'),
  fc.jsonValue(),
);

const anyKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'id', 'conversationId', 'context', 'payload', 'eTag', 'name'),
  fc.string(),
);

const mutation = (frame: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...pathsOf(frame)),
      anything,
      anyKey,
      fc.constantFrom('delete', 'replace', 'rename', 'nest'),
    )
    .map(([path, value, name, kind]) =>
      changed(frame, path, (parent, key) => {
        const member = memberOf(parent, key);
        if (kind === 'delete') return without(parent, key, undefined);
        if (kind === 'replace') return replaced(parent, key, value);
        if (kind === 'nest') return replaced(parent, key, Object.fromEntries([[name, member]]));
        return Object.fromEntries([
          ...Object.entries(Object(without(parent, key, undefined))),
          [name, member],
        ]);
      }),
    );

/** One of these values, after one or two accidents at any depth. */
export const mutated = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(...values)
    .chain((value) => mutation(value))
    .chain((value) => fc.oneof(fc.constant(value), again(value)));

const again = (value: unknown): fc.Arbitrary<unknown> =>
  pathsOf(value).length === 0 ? fc.constant(value) : mutation(value);

/** A frame that a server could send, after one or two accidents. */
export const mutatedFrame: fc.Arbitrary<unknown> = mutated(everySample.map(({ frame }) => frame));

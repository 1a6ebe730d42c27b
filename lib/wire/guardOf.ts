import type * as t from 'io-ts';
import { isJsonObject, type JsonObject } from './JsonObject.js';
import { type Reading, readingPlace, type Test } from './readingPlace.js';

/**
 * Makes, out of a codec, a guard that says what `codec.is` says, and says it sooner.
 *
 * The codec stays the one description of the type: it is walked once, and what it is made of becomes plain
 * closures (no `eval`, so a page with a strict content policy runs it too). A codec without a known `_tag`
 * keeps its own `is`. Errors are not a guard's business: whoever wants them asks the codec.
 *
 * @example
 * ```ts
 * import * as t from 'io-ts';
 * import { guardOf } from 'lib/wire/guardOf';
 *
 * const isPoint = guardOf(t.intersection([t.type({ x: t.number }), t.partial({ label: t.string })]));
 *
 * assert(isPoint({ x: 1, label: 'home' }));
 * assert(!isPoint({ label: 'home' }));
 * ```
 */
export const guardOf = <A>(codec: t.Type<A>): ((value: unknown) => value is A) =>
  // The two agree on every value; the spec of this file holds them to it.
  testOf(codec) as (value: unknown) => value is A;

/** The codecs that are looked into. All others are asked. */
type Walkable =
  | t.UnknownType
  | t.StringType
  | t.NumberType
  | t.BooleanType
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.IntersectionType<readonly t.Mixed[] & t.Mixed[]>
  | t.ExactType<t.HasProps>;

const testOf = (codec: t.Mixed): Test => {
  // The declared type of a codec hides what it is made of; its `_tag` tells, and without one no case applies.
  const walkable = codec as Walkable;

  switch (walkable._tag) {
    case 'UnknownType':
      return () => true;
    case 'StringType':
      return (value) => typeof value === 'string';
    case 'NumberType':
      return (value) => typeof value === 'number';
    case 'BooleanType':
      return (value) => typeof value === 'boolean';
    case 'InterfaceType':
      return objectWith(walkable.props, required);
    case 'PartialType':
      return objectWith(walkable.props, optional);
    case 'IntersectionType':
      return walkable.types.map(testOf).reduce((first, second) => (value) => first(value) && second(value));
    case 'ExactType':
      return testOf(walkable.type);
    default:
      return codec.is;
  }
};

const objectWith = (props: t.Props, member: Reading): Test => {
  const hasAll = Object.entries(props).reduceRight<Test<JsonObject>>(
    (rest, [key, codec]) => member(key, testOf(codec), rest),
    () => true,
  );
  return (value) => isJsonObject(value) && hasAll(value);
};

/** A property that is missing reads as undefined, so only where that would fit one has to look for the key. */
const required: Reading = (key, fits, rest) =>
  readingPlace(key, fits, fits(undefined) ? (object) => isThere(object, key) && rest(object) : rest);

const isThere = (object: JsonObject, key: string): boolean =>
  object[key] !== undefined || Object.hasOwn(object, key);

const optional: Reading = (key, fits, rest) =>
  readingPlace(key, fits(undefined) ? fits : (value) => value === undefined || fits(value), rest);

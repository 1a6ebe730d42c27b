import type * as t from 'io-ts';
import { isJsonObject } from './JsonObject.js';
import { objectPlace, type Test } from './objectPlace.js';

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

/** The declared type of a codec hides what it is made of; its `_tag` tells, and without one no case applies. */
const walkable = (codec: t.Mixed): Walkable => codec as Walkable;

const testOf = (codec: t.Mixed): Test => {
  switch (walkable(codec)._tag) {
    case 'UnknownType':
      return isAnything;
    case 'StringType':
      return (value) => typeof value === 'string';
    case 'NumberType':
      return (value) => typeof value === 'number';
    case 'BooleanType':
      return (value) => typeof value === 'boolean';
    default: {
      const members = membersOf(walkable(codec));
      return members === undefined ? codec.is : objectWith(members);
    }
  }
};

const isAnything: Test = () => true;

/** What an object is asked for. */
interface Member {
  readonly key: string;
  readonly fits: Test;
  /** Whether the key has to be there, though its value may be `undefined`. */
  readonly isNeeded: boolean;
}

/** All that an object has to hold, in one list; `undefined` for what is no object, or more than an object. */
const membersOf = (codec: Walkable): readonly Member[] | undefined => {
  switch (codec._tag) {
    case 'InterfaceType':
      return Object.entries(codec.props).map(([key, value]) => {
        const fits = testOf(value);
        // A property that is missing reads as undefined, so only where that would fit one has to look for the key.
        return { key, fits, isNeeded: fits(undefined) };
      });
    case 'PartialType':
      return Object.entries(codec.props).map(([key, value]) => {
        const fits = testOf(value);
        const fitsOrNot: Test = (found) => found === undefined || fits(found);
        return { key, fits: fits(undefined) ? fits : fitsOrNot, isNeeded: false };
      });
    case 'IntersectionType': {
      const halves = codec.types.map((half) => membersOf(walkable(half)));
      return halves.every((half) => half !== undefined) ? halves.flat() : undefined;
    }
    case 'ExactType':
      return membersOf(walkable(codec.type));
    default:
      return undefined;
  }
};

const objectWith = (members: readonly Member[]): Test => {
  const read = members.filter(({ fits }) => fits !== isAnything);
  const needed = members.filter(({ isNeeded }) => isNeeded).map(({ key }) => key);
  const tests = [...inThrees(read), ...needed.map(hasKey)];
  return tests.length === 0 ? isJsonObject : tests.reduce((first, second) => (o) => first(o) && second(o));
};

const inThrees = ([a, b, c, ...rest]: readonly Member[]): readonly Test[] => {
  if (a === undefined) return [];
  // Where there is no second or third, the first is read again.
  const again: Member = { ...a, fits: isAnything };
  const [second, third] = [b ?? again, c ?? again];
  return [objectPlace()(a.key, a.fits, second.key, second.fits, third.key, third.fits), ...inThrees(rest)];
};

const hasKey =
  (key: string): Test =>
  (value) =>
    isJsonObject(value) && (value[key] !== undefined || Object.hasOwn(value, key));

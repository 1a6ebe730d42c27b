import type { JsonObject } from './JsonObject.js';

export type Test<A = unknown> = (value: A) => boolean;

/** Makes the test of an object that looks at one of its properties, and then at the rest. */
export type Reading = (key: string, fits: Test, rest: Test<JsonObject>) => Test<JsonObject>;

/**
 * Reads one property in a place of its own, as long as there are any.
 *
 * What an engine learns of `object[key]`, and of the functions that are called next to it, it keeps for the place in
 * the source text, not for the closure. A single place that reads all properties of all events has seen too much to
 * know anything, and looks each one up anew; with a place for each property V8 makes of a guard what it makes of a
 * condition written by hand. Where properties share a place, they are slower and just as right.
 */
export const readingPlace: Reading = (key, fits, rest) => {
  const place = places[placesTaken++ % places.length];
  return place ? place(key, fits, rest) : (object) => fits(object[key]) && rest(object);
};

let placesTaken = 0;

/** The same line forty-eight times, on purpose. */
const places: readonly Reading[] = [
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
  (key, fits, rest) => (object) => fits(object[key]) && rest(object),
];

import { isJsonObject } from './JsonObject.js';

export type Test<A = unknown> = (value: A) => boolean;

/** Makes the test of an object that looks at three of its properties. */
type Place = (a: string, isA: Test, b: string, isB: Test, c: string, isC: Test) => Test;

/**
 * Gives the next place where an object is looked at, as long as there are any.
 *
 * What an engine learns of `object[key]`, and of the functions that are called next to it, it keeps for the place in
 * the source text, not for the closure. A single place that reads all properties of all events has seen too much to
 * know anything, and looks each one up anew; with a place for each object V8 makes of a guard what it makes of a
 * condition written by hand. Where objects share a place, they are slower and just as right.
 *
 * Each place takes an engine some microseconds to compile, so that three properties have one together.
 */
export const objectPlace = (): Place => {
  const place = places[placesTaken++ % places.length];
  return place ?? somewhere;
};

const somewhere: Place = (a, isA, b, isB, c, isC) => (o) =>
  isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]);

let placesTaken = 0;

/** The same line thirty-two times, on purpose. */
const places: readonly Place[] = [
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
  (a, isA, b, isB, c, isC) => (o) => isJsonObject(o) && isA(o[a]) && isB(o[b]) && isC(o[c]),
];

import { describe, expect, it } from '@jest/globals';
import {
  checkKinds,
  count,
  either,
  FLAG,
  FUNCTION,
  listOfKind,
  NAME,
  objectWith,
  OBSERVABLE,
  oneOf,
  or,
  required,
  TIME,
  whole,
  wholeFrom,
} from '../../lib/fault/checkKinds.js';

const PERSON = objectWith({ id: required(NAME), isHere: FLAG });

describe('checkKinds', () => {
  it('takes undefined for absent, which only what is required may not be', () => {
    expect(() => checkKinds({ a: undefined }, { a: FLAG, b: FUNCTION })).not.toThrow();
    expect(() => checkKinds({ a: undefined }, { a: required(FLAG) })).toThrow(
      new TypeError('a must be true or false.'),
    );
  });

  it.each([
    [FLAG, null],
    [TIME, NaN],
    [TIME, '5'],
    [count(1), 0],
    [count(1), 1.5],
    [count(1), -Infinity],
    [wholeFrom(1, 9), 10],
    [whole(1), Infinity],
    [NAME, ''],
    [oneOf('a', 'b'), 'c'],
    [or(false, FUNCTION), true],
    [OBSERVABLE, { subscribe: true, pipe: () => undefined }],
    [either(FLAG, NAME), 5],
    [listOfKind(NAME), ['a', '']],
    [PERSON, { isHere: true }],
    [PERSON, { id: 'ann', isHere: 'yes' }],
    [PERSON, ['ann']],
  ])('refuses with %j the value %p', (kind, value) => {
    expect(() => checkKinds({ it: value }, { it: kind })).toThrow(`it must be ${kind.name}.`);
    expect(() => checkKinds({ it: value }, { it: kind })).toThrow(kind.Refusal ?? TypeError);
  });

  it.each([
    [FLAG, false],
    [TIME, Infinity],
    [count(1), 1],
    [count(1), Infinity],
    [wholeFrom(1, 9), 9],
    [whole(-1), -1],
    [NAME, ' '],
    [oneOf('a', 'b'), 'b'],
    [or(false, FUNCTION), false],
    [or(null, FUNCTION), () => undefined],
    [either(FLAG, NAME), 'a'],
    [listOfKind(NAME), []],
    [PERSON, { id: 'ann', isHere: undefined, more: 5 }],
  ])('lets pass with %j the value %p', (kind, value) => {
    expect(() => checkKinds({ it: value }, { it: kind })).not.toThrow();
  });

  it('says what a thing is made of', () => {
    expect(() => checkKinds({ people: ['ann'] }, { people: listOfKind(PERSON) })).toThrow(
      'people must be a list, each item an object { id: a string that is not empty, isHere?: true or false }.',
    );
  });
});

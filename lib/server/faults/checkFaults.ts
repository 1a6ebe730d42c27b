import { types } from 'node:util';
import type { Faults } from './Faults.js';

/**
 * Throws a `RangeError` with a sentence when a fault is not known, or has a value that cannot be meant.
 *
 * A typo in a test's faults would otherwise make the test pass for want of trouble.
 */
export const checkFaults = (faults: object): void => {
  checkFields(faults, rules, '');
};

type Rule = readonly [isRight: (value: unknown) => boolean, wanted: string];
type Rules = Readonly<Record<string, Rule>>;

const checkFields = (record: object, known: Rules, prefix: string): void => {
  for (const [name, value] of Object.entries(record)) {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!rule) throw new RangeError(`There is no fault '${prefix}${name}'.`);
    if (value === undefined) continue;
    const [isRight, wanted] = rule;
    if (!isRight(value)) throw new RangeError(`The fault '${prefix}${name}' has to be ${wanted}.`);
    if (name === 'answer' && isRecord(value)) checkFields(value, answerRules, 'answer.');
  }
};

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isNumber =
  (isRight: (value: number) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'number' && isRight(value);
const isHttpStatus = (value: number): boolean => Number.isInteger(value) && value >= 200 && value <= 599;

const probability: Rule = [isNumber((value) => value >= 0 && value <= 1), 'a number from 0 to 1'];
const milliseconds: Rule = [
  isNumber((value) => value >= 0 && value < 2 ** 31),
  'a number of milliseconds of at least 0',
];
const amount: Rule = [isNumber((value) => value >= 0), 'a number of at least 0'];

const omittable: readonly unknown[] = ['context', 'publishedOn', 'sentEventId', 'statusUpdates', 'etag'];

const rules: Readonly<Record<keyof Faults, Rule>> = {
  lose: probability,
  repeat: probability,
  swap: probability,
  delayMs: milliseconds,
  pushDelayAfterOpenMs: milliseconds,
  holes: probability,
  historyLagMs: milliseconds,
  maxPageSize: [
    isNumber((value) => Number.isSafeInteger(value) && value >= 1),
    'a number that is whole and at least 1',
  ],
  shortPages: probability,
  answer: [(value) => isRecord(value) && 'status' in value, 'an object with a status'],
  refuseSockets: [isNumber((value) => isHttpStatus(value) && value >= 400), 'a number from 400 to 599'],
  halfOpen: [(value) => typeof value === 'boolean', 'true or false'],
  omit: [
    (value) => Array.isArray(value) && value.every((field) => omittable.includes(field)),
    `an array of ${omittable.join(', ')}`,
  ],
};

const answerRules: Readonly<Record<keyof NonNullable<Faults['answer']>, Rule>> = {
  status: [isNumber(isHttpStatus), 'a number from 200 to 599'],
  retryAfterS: amount,
  times: amount,
  path: [types.isRegExp, 'a regular expression'],
  method: [
    (value) => typeof value === 'string' && /^[A-Z]+$/.test(value),
    "the name of a method, such as 'POST'",
  ],
};

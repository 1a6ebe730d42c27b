import type { Faults } from './Faults.js';

/**
 * Throws a `RangeError` with a sentence when a fault has a value that cannot be meant.
 *
 * A typo in a test's faults would otherwise make the test pass for want of trouble.
 */
export const checkFaults = (faults: Faults): void => {
  for (const name of ['lose', 'repeat', 'swap', 'holes', 'shortPages'] as const) {
    check(faults[name], { name, isRight: (value) => value >= 0 && value <= 1, range: 'from 0 to 1' });
  }
  for (const name of ['delayMs', 'pushDelayAfterOpenMs', 'historyLagMs'] as const) {
    check(faults[name], {
      name,
      isRight: (value) => value >= 0 && value < 2 ** 31,
      range: 'of at least 0 ms',
    });
  }
  check(faults.maxPageSize, {
    name: 'maxPageSize',
    isRight: (value) => Number.isSafeInteger(value) && value >= 1,
    range: 'that is whole and at least 1',
  });
  check(faults.refuseSockets, { name: 'refuseSockets', isRight: isHttpError, range: 'from 400 to 599' });
  check(faults.answer?.status, { name: 'answer.status', isRight: isHttpStatus, range: 'from 200 to 599' });
};

interface Rule {
  readonly name: string;
  readonly isRight: (value: number) => boolean;
  readonly range: string;
}

const check = (value: number | undefined, { name, isRight, range }: Rule): void => {
  if (value === undefined || (typeof value === 'number' && isRight(value))) return;
  throw new RangeError(`The fault '${name}' has to be a number ${range}.`);
};

const isHttpStatus = (value: number): boolean => Number.isInteger(value) && value >= 200 && value <= 599;
const isHttpError = (value: number): boolean => isHttpStatus(value) && value >= 400;

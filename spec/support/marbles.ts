import { expect } from '@jest/globals';
import { TestScheduler } from 'rxjs/testing';

type RunHelpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

/** Runs `play` in virtual time and compares with jest's own diff. */
export const marbles =
  (play: (helpers: RunHelpers, scheduler: TestScheduler) => void): (() => void) =>
  () => {
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    scheduler.run((helpers) => play(helpers, scheduler));
  };

import { describe, expect, it } from '@jest/globals';
import { BehaviorSubject, EMPTY, NEVER, type Observable, of, Subject, throwError } from 'rxjs';
import { currentOf } from '../../lib/stream/currentOf.js';

describe('currentOf', () => {
  it('is what a stream gives at once', () => {
    expect(currentOf(new BehaviorSubject(7))).toBe(7);
  });

  it('is the first of several', () => {
    expect(currentOf(of(1, 2, 3))).toBe(1);
  });

  it.each<[string, Observable<number>]>([
    ['silent', NEVER],
    ['empty', EMPTY],
    ['failed', throwError(() => new Error('failed'))],
  ])('is undefined for a stream that is %s', (_what, stream$) => {
    expect(currentOf(stream$)).toBeUndefined();
  });

  it.each([
    ['that has a value', new BehaviorSubject(7)],
    ['that is silent', new Subject<number>()],
  ])('lets go of a stream %s', (_what, stream$) => {
    currentOf(stream$);

    expect(stream$.observed).toBe(false);
  });
});

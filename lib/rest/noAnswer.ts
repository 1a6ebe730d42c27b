import { map, type OperatorFunction } from 'rxjs';

/** Tells that a request was answered, and nothing of the answer. */
export const noAnswer = (): OperatorFunction<unknown, void> => map(() => undefined);

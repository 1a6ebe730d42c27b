import { freeTurn, inTurn, type Turn } from './turn.js';

/** Runs a task, now or in its turn. */
export interface Trampoline {
  (task: () => void): void;
  /** The same handler, called now or in its turn: costs no closure for a value that need not wait. */
  each<A>(handle: (value: A) => void): (value: A) => void;
}

/**
 * Creates one queue for tasks: while a task runs, further ones wait for their turn. Outside of a task, a task runs
 * at once.
 *
 *     run(a) { a: run(b), run(c) }      order: a, b, c; never a( b c )
 *
 * @returns Runs a task, now or in its turn. A task that throws does not stop the next one: what it throws is rethrown
 * after the last task (several: as one `AggregateError`), in the stack of the call that began the drain.
 * @see inTurn, which does that for a record that is to have no closures.
 */
export const trampoline = (): Trampoline => {
  const turn = freeTurn();
  return trampolineOf(<A>(handle: (value: A) => void): ((value: A) => void) => {
    const call = (_: Turn, value: A): void => {
      handle(value);
    };
    return (value) => {
      inTurn(turn, call, value);
    };
  });
};

/** The whole of a trampoline, where it is known how a handler is called in its turn. */
export const trampolineOf = (each: Trampoline['each']): Trampoline =>
  Object.assign(
    each((task: () => void) => {
      task();
    }),
    { each },
  );

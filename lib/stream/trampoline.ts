/** Runs a task, now or in its turn. */
export interface Trampoline {
  (task: () => void): void;
  /** The same handler, called now or in its turn: costs no closure for a value that need not wait. */
  each<A>(handle: (value: A) => void): (value: A) => void;
}

/**
 * Creates one queue for tasks: while a task runs, further ones wait for their turn.
 *
 * It keeps order where consumers call back into what feeds them: what a consumer asks for while it is being
 * told of one value happens after every other consumer has been told of it too. Outside of a task, a task
 * runs at once.
 *
 *     run(a) { a: run(b), run(c) }      order: a, b, c; never a( b c )
 *
 * @param onError Gets what a task throws. Without it the first such error is rethrown after the last task
 * (several: as one `AggregateError`), in the stack of the call that began the drain.
 * @returns Runs a task, now or in its turn. A task that throws does not stop the next one.
 */
export const trampoline = (onError?: (error: unknown) => void): Trampoline => {
  const errors: unknown[] = [];
  let waiting: (() => void)[] = [];
  let draining = false;

  const each =
    <A>(handle: (value: A) => void) =>
    (value: A): void => {
      if (draining) {
        waiting.push(later(handle, value));
        return;
      }
      draining = true;
      // Nearly always it is alone, and then it costs neither a closure nor a queue.
      try {
        handle(value);
      } catch (error) {
        errors.push(error);
      }
      if (waiting.length > 0) drain();
      draining = false;
      if (errors.length > 0) report(errors.splice(0), onError);
    };

  const drain = (): void => {
    // The array grows while it is walked: that is the queue.
    for (const next of waiting) attempt(next, errors);
    waiting = [];
  };

  return Object.assign(
    each((task: () => void) => {
      task();
    }),
    { each },
  );
};

const later =
  <A>(handle: (value: A) => void, value: A): (() => void) =>
  () => {
    handle(value);
  };

const attempt = (task: () => void, errors: unknown[]): void => {
  try {
    task();
  } catch (error) {
    errors.push(error);
  }
};

const report = (errors: readonly unknown[], onError: ((error: unknown) => void) | undefined): void => {
  if (onError !== undefined) errors.forEach(onError);
  else if (errors.length > 1) throw new AggregateError(errors, 'Several tasks threw.');
  else if (errors.length === 1) throw errors[0];
};

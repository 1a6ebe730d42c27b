/** Whether somebody is at work, and who waits for that to be over. */
export interface Turn {
  isTaken: boolean;
  waiting: (() => void)[] | undefined;
}

/** A turn that nobody has taken. */
export const freeTurn = (): Turn => ({ isTaken: false, waiting: undefined });

/**
 * Hands a value to a handler, now or, while another one is at work, in its turn.
 *
 * It keeps order where consumers call back into what feeds them: what a consumer asks for while it is being
 * told of one value happens after every other consumer has been told of it too.
 *
 *     a { b, c }      order: a, b, c; never a( b c )
 *
 * A handler that throws does not stop the next one.
 *
 * @param onError Gets what a handler throws. Without it the first such error is rethrown after the last handler
 * (several: as one `AggregateError`), in the stack of the call that began.
 */
export const inTurn = <L extends Turn, A>(
  turn: L,
  handle: (turn: L, value: A) => void,
  value: A,
  onError?: (error: unknown) => void,
): void => {
  if (turn.isTaken) {
    (turn.waiting ??= []).push(later(turn, handle, value));
    return;
  }
  turn.isTaken = true;
  let errors: unknown[] | undefined;
  // Nearly always it is alone, and then it costs neither a closure nor a queue.
  try {
    handle(turn, value);
  } catch (error) {
    errors = [error];
  }
  if (turn.waiting !== undefined) errors = drain(turn, turn.waiting, errors);
  turn.isTaken = false;
  if (errors !== undefined) report(errors, onError);
};

const later =
  <L extends Turn, A>(turn: L, handle: (turn: L, value: A) => void, value: A) =>
  (): void => {
    handle(turn, value);
  };

const drain = (turn: Turn, waiting: (() => void)[], errors: unknown[] = []): unknown[] | undefined => {
  // The array grows while it is walked: that is the queue.
  for (const next of waiting) {
    try {
      next();
    } catch (error) {
      errors.push(error);
    }
  }
  turn.waiting = undefined;
  return errors.length > 0 ? errors : undefined;
};

const report = (errors: readonly unknown[], onError: ((error: unknown) => void) | undefined): void => {
  if (onError !== undefined) errors.forEach(onError);
  else if (errors.length > 1) throw new AggregateError(errors, 'Several tasks threw.');
  else throw errors[0];
};

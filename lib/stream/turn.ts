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
 * A handler that throws does not stop the next one: what it throws is rethrown after the last handler (several: as one
 * `AggregateError`), in the stack of the call that began.
 */
export const inTurn = <L extends Turn, A>(turn: L, handle: (turn: L, value: A) => void, value: A): void => {
  if (turn.isTaken) {
    (turn.waiting ??= []).push(later(turn, handle, value));
    return;
  }
  turn.isTaken = true;
  // Nearly always it is alone, and then it costs neither a closure nor a queue.
  try {
    handle(turn, value);
  } catch (error) {
    (turn.waiting ??= []).unshift(rethrowing(error));
  }
  if (turn.waiting === undefined) turn.isTaken = false;
  else drain(turn, turn.waiting);
};

const later =
  <L extends Turn, A>(turn: L, handle: (turn: L, value: A) => void, value: A) =>
  (): void => {
    handle(turn, value);
  };

const rethrowing = (error: unknown) => (): void => {
  throw error;
};

const drain = (turn: Turn, waiting: readonly (() => void)[]): void => {
  const errors: unknown[] = [];
  // The array grows while it is walked: that is the queue.
  for (const next of waiting) {
    try {
      next();
    } catch (error) {
      errors.push(error);
    }
  }
  turn.waiting = undefined;
  turn.isTaken = false;
  if (errors.length > 1) throw new AggregateError(errors, 'Several tasks threw.');
  if (errors.length === 1) throw errors[0];
};

/**
 * Where a worker keeps how far it has come in each conversation.
 *
 * @see memoryCursorStore, which forgets with the process; `levelCursorStore` of `comapi-rx/node`, which does not.
 */
export interface CursorStore {
  /** All cursors, by conversation id. Called once, before anything is read. */
  load(): Promise<ReadonlyMap<string, number>>;
  /**
   * Keeps these cursors; durable when it resolves. A cursor that is not above the kept one is ignored, so that
   * none is ever moved back. Positions are whole numbers of at least -1. Never called again before it has settled.
   */
  commit(batch: ReadonlyMap<string, number>): Promise<void>;
  /** Lets go of whatever is held. Called once the run that was given the store is over. */
  close(): Promise<void>;
}

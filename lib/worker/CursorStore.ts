/**
 * Where a worker keeps how far it has come in each conversation.
 *
 * @see memoryCursorStore, which forgets with the process; `levelCursorStore` of `comapi-rx/node`, which does not.
 */
export interface CursorStore {
  /** All cursors, by conversation id. Called once, before anything is read. */
  load(): Promise<ReadonlyMap<string, number>>;
  /**
   * Stores these cursors; they are durable when it resolves. A cursor that is not above the stored one is ignored, so
   * none ever moves back. Positions are whole numbers of at least -1. Not called again before it has settled.
   */
  commit(batch: ReadonlyMap<string, number>): Promise<void>;
  /** Releases the resources of the store. Called when the run is over. */
  close(): Promise<void>;
}

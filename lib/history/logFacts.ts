import { inTurn } from '../stream/turn.js';
import { abort, interrupt, settle, tell } from './logRun.js';
import type { Log } from './LogSource.js';
import * as Sides from './logSides.js';
import * as Core from './mergeCore.js';
import { positionOf, timeOf } from './Placed.js';
import type { SyncStatus } from './SyncStatus.js';

// What a feed tells a log, and whoever consumes it.

/** An item came live. */
export const item = <T>(log: Log<T>, value: T): void => {
  inTurn(log, take<T>, value);
};

const take = <T>(log: Log<T>, value: T): void => {
  const { source } = log;
  const position = positionOf(value, source);
  if (position === undefined) return;
  const at = source.timeOf && timeOf(value, source);
  if (Core.takeNext(log, position, value, at)) {
    Sides.noteChange(log);
  } else if (log.run !== undefined) {
    // Otherwise its consumer has left while it waited for its turn.
    Core.live(log, position, value, at, source.now());
    settle(log);
  }
};

/** The line is open, or is not. */
export const line = <T>(log: Log<T>, isOpen: boolean): void => {
  tell(log, (now) => {
    if (isOpen) Core.open(log, now);
    else Core.drop(log, now);
  });
};

/** A position exists, as somebody learned by another way. */
export const hint = <T>(log: Log<T>, position: number): void => {
  tell(log, (now) => {
    if (log.isLocated) Core.known(log, position, now);
  });
};

/** History ends there, as somebody says who may be behind. */
export const latest = <T>(log: Log<T>, position: number): void => {
  tell(log, (now) => {
    Core.known(log, position, now);
    Core.ends(log, position, now);
  });
};

/** The log ends, and this is why. */
export const closed = <T>(log: Log<T>, because: NonNullable<SyncStatus['closedBecause']>): void => {
  // Not in turn: after its end a client hands out nothing, not even the rest of a page.
  if (because === 'client-closed') Core.stop(log);
  tell(log, (now) => {
    Core.close(log, because, now);
  });
};

/** Nothing comes live any more. */
export const finished = <T>(log: Log<T>): void => {
  tell(log, (now) => {
    Core.finish(log, now);
  });
};

/** The feed has failed. */
export const failed = <T>(log: Log<T>, error: unknown): void => {
  tell(log, () => {
    if (log.source.outlivesFeed === true) interrupt(log, error);
    else abort(log, error, 'The live feed failed.');
  });
};

/** Whether the consumer keeps up. */
export const keepsUp = <T>(log: Log<T>, keepsUp: boolean): void => {
  if (log.run === undefined || log.keepsUp === keepsUp) return;
  log.keepsUp = keepsUp;
  // Not in turn: the page that was one too many must not be followed by another.
  if (!keepsUp) Core.pause(log);
  tell(log, (now) => {
    if (log.keepsUp) Core.resume(log, now);
  });
};

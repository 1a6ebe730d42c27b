import { faultOf } from '../fault/faultOf.js';
import * as Alarm from '../stream/alarm.js';
import { type Audience, NOBODY, tellAll } from '../stream/audience.js';
import { inTurn } from '../stream/turn.js';
import type { Log, LogRun } from './LogSource.js';
import * as Sides from './logSides.js';
import * as Core from './mergeCore.js';

/** Something to tell a log, at the time when its turn has come. */
export type Fact = (now: number) => void;

/** Tells it in its turn, unless its consumer has left by then. */
export const tell = <T>(log: Log<T>, fact: Fact): void => {
  const { run } = log;
  if (run !== undefined) inTurn(log, tellNow, { run, fact });
};

const tellNow = <T>(log: Log<T>, { run, fact }: { readonly run: LogRun; readonly fact: Fact }): void => {
  if (log.run !== run) return;
  fact(log.source.now());
  settle(log);
};

/** The merge was told something. */
export const settle = <T>(log: Log<T>): void => {
  const { wakeAt } = log;
  if (log.alarm !== undefined || wakeAt !== Infinity) {
    log.alarm ??= Alarm.silent(log.source, wake<T>, log);
    Alarm.setTo(log.alarm, wakeAt);
  }
  Sides.noteChange(log);
};

const wake = <T>(log: Log<T>): void => {
  tell(log, (now) => {
    Core.wake(log, now);
  });
};

/** Somebody is there. */
export const start = <T>(log: Log<T>): void => {
  // Whoever came may have left, while this waited for its turn.
  if (log.run !== undefined || log.audience.length === 0) return;
  const run: LogRun = { feed: undefined, request: undefined };
  log.run = run;
  log.keepsUp = true;
  // That is told only after all of this: nothing can fall between the feed and the first request.
  tell(log, (now) => {
    Core.start(log, now);
  });
  const feed = log.source.attach(log, log.place);
  if (log.run === run) run.feed = feed;
  else feed.unsubscribe();
};

/** Nobody is there any more. What is under way ends, the cursor stays. */
export const release = <T>(log: Log<T>): void => {
  const { run, alarm } = log;
  Core.stop(log);
  log.run = undefined;
  if (alarm !== undefined) Alarm.setTo(alarm, Infinity);
  run?.feed?.unsubscribe();
  run?.request?.unsubscribe();
  Sides.noteChange(log);
};

/** It is over. Its status says so first: whoever sees the end finds `closed`. */
export const end = <T>(log: Log<T>): void => {
  Sides.complete(log);
  release(log);
  for (const subscriber of dismissed(log)) subscriber.complete();
};

/** The feed has failed, not the log: whoever subscribes again goes on at the cursor. */
export const interrupt = <T>(log: Log<T>, error: unknown): void => {
  release(log);
  for (const subscriber of dismissed(log)) subscriber.error(error);
};

/**
 * It is over with this error.
 *
 * @param message What is said of one that is not ours.
 */
export const abort = <T>(log: Log<T>, error: unknown, message?: string): void => {
  log.failure = { error };
  Core.abort(log, faultOf(error, message));
  Sides.complete(log);
  interrupt(log, error);
};

export const emit = <T>(log: Log<T>, item: T): void => {
  if (log.source.isAside?.(item, log.place) === true) Sides.tell(log, 'aside', item);
  else tellAll(log.audience, item);
};

const dismissed = <T>(log: Log<T>): Audience<T> => {
  const { audience } = log;
  log.audience = NOBODY;
  return audience;
};

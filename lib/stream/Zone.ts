import {
  type MonoTypeOperatorFunction,
  Observable,
  type SchedulerAction,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import { type Trampoline, trampolineOf } from './trampoline.js';

/** The part of Angular's `NgZone` that matters here. */
export interface Zone {
  run<T>(fn: () => T): T;
  runOutsideAngular<T>(fn: () => T): T;
}

/** What stands in where there is no zone. */
export const NO_ZONE: Zone = { run: (fn) => fn(), runOutsideAngular: (fn) => fn() };

/** Subscribes outside the zone: what the source opens there, it also says there. */
export const outside =
  <A>(zone: Zone): MonoTypeOperatorFunction<A> =>
  (source$) =>
    new Observable((subscriber) => zone.runOutsideAngular(() => source$.subscribe(subscriber)));

/** The same members, the streams among them {@link outside}. */
export const streamsOutside = <A extends object>(zone: Zone, members: A): A => {
  if (zone === NO_ZONE) return members;
  const moved = Object.entries(members).map(([name, member]: [string, unknown]) => [
    name,
    member instanceof Observable ? member.pipe(outside(zone)) : member,
  ]);
  // Each member has the name and the type that it had.
  return Object.fromEntries(moved) as A;
};

/** The same scheduler, whose timers are never seen by the zone: a pending one would keep an app from becoming stable. */
export const outsideScheduler = (zone: Zone, scheduler: SchedulerLike): SchedulerLike => {
  const schedule: WidestSchedule = (work, delay, state) =>
    zone.runOutsideAngular(() => scheduler.schedule(work, delay, state));
  // RxJS declares three overloads; this is the widest of them, and the others are special cases of it.
  return { now: () => scheduler.now(), schedule };
};

/** The same trampoline, whose tasks run outside the zone. */
export const outsideTrampoline = (zone: Zone, run: Trampoline): Trampoline => {
  // A closure for each frame, which nobody needs where there is no zone.
  if (zone === NO_ZONE) return run;
  return trampolineOf((handle) => {
    const handled = run.each(handle);
    return (value) => {
      zone.runOutsideAngular(() => {
        handled(value);
      });
    };
  });
};

type WidestSchedule = <A>(
  work: (this: SchedulerAction<A>, state?: A) => void,
  delay?: number,
  state?: A,
) => Subscription;

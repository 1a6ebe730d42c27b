import { defer, filter, map, type Observable, type SchedulerLike, timer } from 'rxjs';

const LOOK_EVERY_MS = 5_000;

/** What a timer is late when the process is merely busy is less. */
const LATE_MS = 10_000;

/**
 * Emits when the clock has jumped ahead: the device was asleep, and timers with it.
 *
 *     clock:   0---5---10---15.........3600---     looked at every 5 s
 *     result:  -----------------------------j-
 *
 * A clock that is set back is no jump. Runs a timer for as long as it is subscribed to.
 */
export const clockJumps = (scheduler: SchedulerLike): Observable<void> =>
  defer(() => {
    let lookedAt = scheduler.now();

    return timer(LOOK_EVERY_MS, LOOK_EVERY_MS, scheduler).pipe(
      map(() => {
        const before = lookedAt;
        lookedAt = scheduler.now();
        return lookedAt - before - LOOK_EVERY_MS;
      }),
      filter((lateMs) => lateMs > LATE_MS),
      map(() => undefined),
    );
  });

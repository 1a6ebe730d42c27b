import { Observable } from 'rxjs';
import { type Audience, joined, left, NOBODY, tellAll } from '../stream/audience.js';
import type { Discontinuity } from './Discontinuity.js';

/** What a log tells beside its items. */
interface Asides<T> {
  /** Its status may be another one. */
  readonly changes: undefined;
  readonly holes: { readonly from: number; readonly to: number };
  readonly discontinuities: Discontinuity;
  readonly late: T;
  /** What only takes its place. */
  readonly aside: T;
}

type Audiences<T> = { readonly [K in keyof Asides<T>]: Audience<Asides<T>[K]> };

/** Those who want to know more of a log than its items. Most logs have none. */
export interface LogSides<T> {
  sides: Audiences<T> | undefined;
  isOver: boolean;
}

/** What a log tells of that kind from now on, until it is over. Creates no demand. */
export const sideOf = <T, K extends keyof Asides<T>>(log: LogSides<T>, kind: K): Observable<Asides<T>[K]> =>
  new Observable((subscriber) => {
    if (log.isOver) {
      subscriber.complete();
      return;
    }
    const sides = log.sides ?? SIDES_OF_NOBODY;
    log.sides = { ...sides, [kind]: joined(sides[kind], subscriber) };
    subscriber.add(() => {
      if (log.sides !== undefined)
        log.sides = unlessEmpty({ ...log.sides, [kind]: left(log.sides[kind], subscriber) });
    });
  });

const unlessEmpty = <T>(sides: Audiences<T>): Audiences<T> | undefined =>
  Object.values(sides).every((audience) => audience.length === 0) ? undefined : sides;

export const tell = <T, K extends keyof Asides<T>>(log: LogSides<T>, kind: K, value: Asides<T>[K]): void => {
  if (log.sides !== undefined) tellAll(log.sides[kind], value);
};

export const noteChange = <T>(log: LogSides<T>): void => {
  if (log.sides !== undefined) tellAll(log.sides.changes, undefined);
};

/** Nothing more is told, once all know what it has come to. */
export const complete = <T>(log: LogSides<T>): void => {
  noteChange(log);
  const { sides } = log;
  if (sides === undefined) return;
  log.sides = undefined;
  for (const audience of Object.values(sides)) for (const subscriber of audience) subscriber.complete();
};

const SIDES_OF_NOBODY: Audiences<never> = {
  changes: NOBODY,
  holes: NOBODY,
  discontinuities: NOBODY,
  late: NOBODY,
  aside: NOBODY,
};

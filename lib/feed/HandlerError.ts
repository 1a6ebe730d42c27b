import type { EventMap } from '../wire/EventMap.js';

/** An `on()` handler threw, or the promise that it returned was rejected. */
export interface HandlerError {
  readonly event: keyof EventMap;
  readonly payload: unknown;
  readonly error: unknown;
}

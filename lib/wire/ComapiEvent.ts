import type { EventMap } from './EventMap.js';
import type { EventMeta } from './EventMeta.js';

/** Any event that has a type here; `type` tells which, and with it the type of `payload`. */
export type ComapiEvent = {
  readonly [K in keyof EventMap]: {
    readonly type: K;
    readonly payload: EventMap[K];
    readonly meta: EventMeta;
  };
}[keyof EventMap];

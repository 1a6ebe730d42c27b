import type { KnownEvent } from './eventTable.js';
import type { WireEvent } from './WireEvent.js';

/**
 * The payload of each event, by the event's name: what `client.event(name)` and `client.on(name, …)` hand out.
 *
 * It is read off the table of events, so the two cannot disagree.
 */
export type EventMap = {
  [E in KnownEvent as E['type']]: E extends WireEvent<string, infer P> ? P : never;
};

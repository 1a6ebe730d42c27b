import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { EventMap } from '../wire/EventMap.js';

/** The payload of an event that came by the route of `name`. */
export const payloadOf = <K extends keyof EventMap>(_name: K, event: ComapiEvent): EventMap[K] =>
  // Events are routed by their type, so name and payload belong together; a generic key hides that from TypeScript.
  event.payload as EventMap[K];

import type { Observable } from 'rxjs';
import type { EventMap } from '../wire/EventMap.js';
import { eventTypes } from '../wire/eventTable.js';
import { checkEventName } from './checkEventName.js';

/** One stream for each event name, with a `$`: `participantAdded$`, `conversationMessageEvent$` … */
export type EventStreams = { readonly [K in keyof EventMap as `${K}$`]: Observable<EventMap[K]> };

/** The stream of a name. */
export type EventOf = <K extends keyof EventMap>(name: K) => Observable<EventMap[K]>;

/** Gives each stream of the table a member of its own. */
export const eventStreams = (event: EventOf): EventStreams =>
  // `fromEntries` forgets which key holds which stream; the table knows.
  Object.fromEntries(eventTypes.map((name) => [`${name}$`, event(name)])) as EventStreams;

/** Always gives the same stream for a name. Throws a `TypeError` for a name that is not in the table. */
export const keepStreams = (ofName: EventOf): EventOf => {
  const streams = new Map<keyof EventMap, Observable<unknown>>(
    eventTypes.map((name) => [name, ofName(name)]),
  );
  return <K extends keyof EventMap>(name: K) => {
    checkEventName(name);
    // What the map holds under a name was made for that name, above.
    return streams.get(name) as Observable<EventMap[K]>;
  };
};

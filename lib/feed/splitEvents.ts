import { noop, type Observable } from 'rxjs';
import { createOutlet, type Dismissed } from '../stream/createOutlet.js';
import { routeBy } from '../stream/routeBy.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { EventMap } from '../wire/EventMap.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';

/** An entry in the log of a conversation, with or without a type here. */
export type LogEvent = ConversationMessageEvent | UnknownEvent;

/** Those who follow conversations as logs. */
export interface LogListeners<F = unknown> {
  /** Those who follow this conversation now, as one: who comes later is not told. */
  of(conversationId: string): F;
  tell(listeners: F, event: ComapiEvent | UnknownEvent): void;
}

/** Decoded events on their way to whoever wants them. */
export interface EventSplit {
  /** Hands one event to every consumer before it returns. */
  next(event: ComapiEvent | UnknownEvent): void;
  ofName<K extends keyof EventMap>(name: K): Observable<EventMap[K]>;
  /** What has a type here and names this conversation. */
  about(conversationId: string): Observable<ComapiEvent>;
  /** What names this conversation and has no type here. */
  othersAbout(conversationId: string): Observable<UnknownEvent>;
  readonly events$: Observable<ComapiEvent>;
  readonly unknownEvents$: Observable<UnknownEvent>;
  /** Takes off whoever is subscribed now, to be told the end; whoever subscribes later starts anew. */
  dismiss(): Dismissed;
}

/**
 * Creates the split by name and by conversation. Both are looked up, never filtered: an event costs its own
 * subscribers, not everybody's.
 *
 * @param logs They are told first.
 * @param handlersOf Those who want to be called for a name; they are told after the streams.
 */
export const splitEvents = (
  logs: LogListeners,
  handlersOf: (name: keyof EventMap) => (event: ComapiEvent) => void,
): EventSplit => {
  const names = routeBy<keyof EventMap, ComapiEvent['payload']>();
  const subjects = routeBy<string, ComapiEvent>();
  const others = routeBy<string, UnknownEvent>();
  const events = createOutlet<ComapiEvent>();
  const unknownEvents = createOutlet<UnknownEvent>();
  const all = [names, subjects, others, events, unknownEvents];

  // Everybody is looked up before anybody is told: who comes in the meantime gets the next event.
  const nextTyped = (event: ComapiEvent): void => {
    const { type, payload } = event;
    const id = 'conversationId' in payload ? payload.conversationId : undefined;
    const listeners = id === undefined ? undefined : logs.of(id);
    const tellAbout = id === undefined ? noop : subjects.audience(id);
    const tellOfName = names.audience(type);
    const tellAll = events.audience();
    const handle = handlersOf(type);
    if (id !== undefined) logs.tell(listeners, event);
    tellAbout(event);
    tellOfName(payload);
    tellAll(event);
    handle(event);
  };

  const nextUnknown = (event: UnknownEvent): void => {
    const { conversationId } = event;
    const listeners = conversationId === undefined ? undefined : logs.of(conversationId);
    const tellAbout = conversationId === undefined ? noop : others.audience(conversationId);
    const tellAll = unknownEvents.audience();
    if (conversationId !== undefined) logs.tell(listeners, event);
    tellAbout(event);
    tellAll(event);
  };

  return {
    next: (event) => {
      if ('type' in event) nextTyped(event);
      else nextUnknown(event);
    },
    // Payloads go by the type of their event, so that what comes by the route of a name is a payload of that name.
    ofName: <K extends keyof EventMap>(name: K) => names.to(name) as Observable<EventMap[K]>,
    about: (conversationId) => subjects.to(conversationId),
    othersAbout: (conversationId) => others.to(conversationId),
    events$: events.values$,
    unknownEvents$: unknownEvents.values$,
    dismiss: () => {
      // Everybody, before anybody is told: who comes back in answer to that is not ended as well.
      const parts = all.map((outlet) => outlet.dismiss());
      return {
        error: (error) => {
          for (const part of parts) part.error(error);
        },
        complete: () => {
          for (const part of parts) part.complete();
        },
      };
    },
  };
};

/** What is an entry in the log of its conversation, if it is one. */
export const numbered = (event: ComapiEvent | UnknownEvent): LogEvent | undefined => {
  if ('type' in event) return event.type === 'conversationMessageEvent' ? event.payload : undefined;
  return event.conversationEventId === undefined ? undefined : event;
};

import type { Observable } from 'rxjs';
import { createOutlet } from '../stream/createOutlet.js';
import { routeBy } from '../stream/routeBy.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { EventMap } from '../wire/EventMap.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';

/** An entry in the log of a conversation, with or without a type here. */
export type LogEvent = ConversationMessageEvent | UnknownEvent;

/** Decoded events on their way to whoever wants them. */
export interface EventSplit {
  /** Hands one event to every consumer before it returns. */
  next(event: ComapiEvent | UnknownEvent): void;
  ofName<K extends keyof EventMap>(name: K): Observable<EventMap[K]>;
  /** What is numbered, of one conversation. */
  ofConversation(conversationId: string): Observable<LogEvent>;
  /** What has a type here and names this conversation. */
  about(conversationId: string): Observable<ComapiEvent>;
  /** What names this conversation and has no type here. */
  othersAbout(conversationId: string): Observable<UnknownEvent>;
  readonly events$: Observable<ComapiEvent>;
  readonly unknownEvents$: Observable<UnknownEvent>;
  /** Ends what is subscribed now; whoever subscribes later starts anew. */
  error(error: unknown): void;
  complete(): void;
}

/**
 * Creates the split by name and by conversation. Both are looked up, never filtered: an event costs its own
 * subscribers, not everybody's.
 *
 * @param handlersOf Those who want to be called for a name; they are told after the streams.
 */
export const splitEvents = (
  handlersOf: (name: keyof EventMap) => (event: ComapiEvent) => void,
): EventSplit => {
  const names = routeBy<keyof EventMap, ComapiEvent['payload']>();
  const conversations = routeBy<string, LogEvent>();
  const subjects = routeBy<string, ComapiEvent>();
  const others = routeBy<string, UnknownEvent>();
  const events = createOutlet<ComapiEvent>();
  const unknownEvents = createOutlet<UnknownEvent>();
  const all = [names, conversations, subjects, others, events, unknownEvents];

  // Everybody is looked up before anybody is told: who comes in the meantime gets the next event.
  const nextTyped = (event: ComapiEvent): void => {
    const { type, payload } = event;
    const tellAbout = 'conversationId' in payload ? subjects.audience(payload.conversationId) : nobody;
    const tellOfName = names.audience(type);
    const tellAll = events.audience();
    const handle = handlersOf(type);
    if (event.type === 'conversationMessageEvent') {
      conversations.next(event.payload.conversationId, event.payload);
    }
    tellAbout(event);
    tellOfName(payload);
    tellAll(event);
    handle(event);
  };

  const nextUnknown = (event: UnknownEvent): void => {
    const { conversationId, conversationEventId } = event;
    const tellAbout = conversationId === undefined ? nobody : others.audience(conversationId);
    const tellAll = unknownEvents.audience();
    if (conversationId !== undefined && conversationEventId !== undefined) {
      conversations.next(conversationId, event);
    }
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
    ofConversation: (conversationId) => conversations.to(conversationId),
    about: (conversationId) => subjects.to(conversationId),
    othersAbout: (conversationId) => others.to(conversationId),
    events$: events.values$,
    unknownEvents$: unknownEvents.values$,
    error: (error) => {
      for (const outlet of all) outlet.error(error);
    },
    complete: () => {
      for (const outlet of all) outlet.complete();
    },
  };
};

const nobody = (): void => undefined;

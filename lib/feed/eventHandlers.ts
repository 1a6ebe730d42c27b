import { noop } from 'rxjs';
import { check, checkKinds, FLAG, FUNCTION, OBJECT, required, SIGNAL } from '../fault/checkKinds.js';
import { onAbort } from '../stream/onAbort.js';
import type { Zone } from '../stream/Zone.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { EventMap } from '../wire/EventMap.js';
import { checkEventName } from './checkEventName.js';
import type { HandlerError } from './HandlerError.js';

export interface OnOptions {
  /** Aborting it removes the handler. */
  readonly signal?: AbortSignal;
  /** The handler is removed before its first call. */
  readonly once?: boolean;
}

/** What the vendor's SDK calls subscribing: callbacks by event name. */
export interface EventHandlers {
  /**
   * Calls `handler` with the payload of each event of that name, until the returned function is called. The same
   * function may be added more than once. What it throws, or its promise rejects with, goes to `handlerErrors$` and
   * affects no other handler. It is not told when the line fails or the client is closed.
   */
  on<K extends keyof EventMap>(
    name: K,
    handler: (payload: EventMap[K]) => unknown,
    options?: OnOptions,
  ): () => void;
  /**
   * Removes a handler (added several times: the latest); without one, all handlers of that name, whoever added them.
   */
  off<K extends keyof EventMap>(name: K, handler?: (payload: EventMap[K]) => unknown): void;
}

/** The registry as its owner sees it. */
export interface HandlerRegistry extends EventHandlers {
  /**
   * The handlers of that name at this moment, as one: they are called one after another, and none of them can
   * keep an event from the next.
   */
  audience(name: keyof EventMap): (event: ComapiEvent) => void;
  /** Removes every handler. */
  clear(): void;
}

export interface EventHandlersParts {
  /** Called for each handler that is added; what it returns, when that one is removed. */
  readonly hold: () => () => void;
  readonly zone: Zone;
  readonly report: (error: HandlerError) => void;
}

interface Entry {
  readonly handler: unknown;
  readonly call: (event: ComapiEvent) => unknown;
  readonly remove: () => void;
}

/** Creates the registry of handlers, and the way to call them. */
export const createEventHandlers = ({ hold, zone, report }: EventHandlersParts): HandlerRegistry => {
  // Lists are replaced, never changed: one that is being called through stays as it is.
  const entries = new Map<keyof EventMap, readonly Entry[]>();
  const entriesOf = (name: keyof EventMap): readonly Entry[] => entries.get(name) ?? [];

  const callSafely = ({ call }: Entry, event: ComapiEvent): void => {
    const failed = (error: unknown): void => {
      report({ event: event.type, payload: event.payload, error });
    };
    try {
      const result = zone.run(() => call(event));
      // Through a promise of the platform's: others may call back twice, or need both callbacks.
      if (isThenable(result)) void Promise.resolve(result).then(undefined, failed);
    } catch (error) {
      failed(error);
    }
  };

  const removeAll = (removed: readonly Entry[]): void => {
    for (const { remove } of removed) remove();
  };

  return {
    on: (name, handler, options = {}) => {
      checkEventName(name);
      check(required(FUNCTION), { handler });
      check(OBJECT, { options });
      checkKinds(options, { signal: SIGNAL, once: FLAG });
      const { signal, once = false } = options;
      if (signal?.aborted === true) return noop;

      const release = hold();
      const remove = (): void => {
        entries.set(
          name,
          entriesOf(name).filter((other) => other !== entry),
        );
        ignoreSignal();
        release();
      };
      const entry: Entry = {
        handler,
        call: (event) => {
          if (once) remove();
          // Events are routed by their type, so name and payload belong together; a generic key hides that.
          return handler(event.payload as EventMap[typeof name]);
        },
        remove,
      };
      entries.set(name, [...entriesOf(name), entry]);
      const ignoreSignal = onAbort(signal, remove);
      return remove;
    },
    off: (name, handler) => {
      checkEventName(name);
      check(FUNCTION, { handler });
      if (handler === undefined) removeAll(entriesOf(name));
      else
        entriesOf(name)
          .findLast((entry) => entry.handler === handler)
          ?.remove();
    },
    clear: () => {
      removeAll([...entries.values()].flat());
    },
    audience: (name) => {
      const called = entries.get(name);
      if (called === undefined) return noop;
      return (event) => {
        for (const entry of called) callSafely(entry, event);
      };
    },
  };
};

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

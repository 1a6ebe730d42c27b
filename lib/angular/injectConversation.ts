import { computed, type Signal } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { type Observable, of, Subject, switchMap } from 'rxjs';
import { ComapiError } from '../fault/ComapiError.js';
import { faultOf } from '../fault/faultOf.js';
import type { Timeline } from '../projection/Timeline.js';
import type { Conversation } from '../conversation/Conversation.js';
import type { Client } from '../client/Client.js';
import { injectComapi } from './injectComapi.js';
import { outlasting } from './outlasting.js';

/** One conversation, as a component shows it. */
export interface InjectedConversation {
  /** Empty until the first page has come, and while there is no id. */
  readonly timeline: Signal<Timeline>;
  /** The others who are typing now, by profile id. */
  readonly typing: Signal<readonly string[]>;
  /** Asks for one older page; does nothing while one is loading. */
  loadOlder(): void;
  /** Returns to the newest messages, if older pages have pushed them out (`hasNewer`). */
  loadNewest(): void;
  /** The conversation itself, for `send`, `markRead`, `setTyping`. Undefined while there is no id. */
  readonly conversation: Signal<Conversation | undefined>;
}

/**
 * Shows a conversation in a component, until that is destroyed. Call it where `inject()` may be called.
 *
 * When the id changes, the previous conversation disappears at once. These signals never throw: an error is the
 * `problem` of the timeline, whose messages stay; and when the line has failed for good, `reconnect()` of the client
 * revives them too.
 *
 * @example
 * ```ts no-run
 * import { Component, input } from '@angular/core';
 * import { injectConversation } from 'comapi-rx/angular';
 *
 * @Component({
 *   selector: 'app-messages',
 *   template: `
 *     @for (message of chat.timeline().messages; track message.key) {
 *       <p>{{ message.sender }}: {{ message.parts[0]?.data }}</p>
 *     }
 *   `,
 * })
 * export class Messages {
 *   readonly id = input<string>();
 *   readonly chat = injectConversation(this.id);
 * }
 * ```
 *
 * @param id The id of the conversation; a signal may be `undefined` for none. An impossible id, such as `''`, shows
 * as a `problem`.
 * @param options `pageSize`: how many events a page spans. Default: 50.
 */
export const injectConversation = (
  id: string | Signal<string | undefined>,
  options: { readonly pageSize?: number } = {},
): InjectedConversation => {
  const client = injectComapi();
  const older = new Subject<void>();
  const newest = new Subject<void>();
  const found = computed(() => find(client, typeof id === 'string' ? id : id()));
  // A fixed id needs no effect to wait for: its first value is there at once.
  const found$ = typeof id === 'string' ? of(found()) : toObservable(found);

  const shown = <A>(
    nothing: A,
    streamOf: (present: Conversation) => Observable<A>,
    failed: (last: A, error: unknown) => A,
  ): Signal<A> =>
    toSignal(
      found$.pipe(
        switchMap(({ conversation, error }) => {
          if (error !== undefined) return of(failed(nothing, error));
          if (conversation === undefined) return of(nothing);
          return streamOf(conversation).pipe(outlasting({ first: nothing, failed, status$: client.status$ }));
        }),
      ),
      { initialValue: nothing },
    );

  return {
    conversation: computed(() => found().conversation),
    timeline: shown(
      NOTHING_YET,
      (present) => present.timeline({ ...options, older$: older, newest$: newest }),
      (last, error) => ({ ...last, problem: faultOf(error) }),
    ),
    typing: shown<readonly string[]>(
      NOBODY,
      (present) => present.typing$,
      () => NOBODY,
    ),
    loadOlder: () => {
      older.next();
    },
    loadNewest: () => {
      newest.next();
    },
  };
};

/** An id may come from a URL that anybody can write: one that cannot be is no reason for a signal to throw. */
const find = (
  client: Client,
  id: string | undefined,
): { readonly conversation?: Conversation; readonly error?: ComapiError } => {
  if (id === undefined) return {};
  try {
    return { conversation: client.conversation(id) };
  } catch {
    return { error: new ComapiError({ kind: 'not-found', message: 'No conversation has this id.' }) };
  }
};

const NOTHING_YET: Timeline = {
  messages: [],
  hasOlder: true,
  loadingOlder: false,
  sync: { state: 'idle', cursor: -1, highestKnown: -1 },
};

const NOBODY: readonly string[] = [];

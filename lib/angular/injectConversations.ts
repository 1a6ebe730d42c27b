import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ConversationSummary } from '../projection/ConversationSummary.js';
import { injectComapi } from './injectComapi.js';
import { outlasting } from './outlasting.js';

/**
 * Returns my conversations as a signal, the one with the latest message first, until its injector is destroyed.
 * Undefined until they have been listed. Call it where `inject()` may be called.
 *
 * It never throws: after an error the last list stays, and when the line has failed for good, `reconnect()` of the
 * client revives it too. `injectConnection` tells what is wrong.
 *
 * @example
 * ```ts no-run
 * import { Component } from '@angular/core';
 * import { injectConversations } from 'comapi-rx/angular';
 *
 * @Component({
 *   selector: 'app-conversations',
 *   template: `
 *     @for (one of conversations() ?? []; track one.id) {
 *       <p>{{ one.name }} {{ one.unread ? '(' + one.unread + ')' : '' }}</p>
 *     }
 *   `,
 * })
 * export class Conversations {
 *   readonly conversations = injectConversations();
 * }
 * ```
 */
export const injectConversations = (): Signal<readonly ConversationSummary[] | undefined> => {
  const { conversations$, status$ } = injectComapi();
  return toSignal<readonly ConversationSummary[] | undefined, undefined>(
    conversations$.pipe(
      outlasting<readonly ConversationSummary[] | undefined>({
        first: undefined,
        failed: (last) => last,
        status$,
      }),
    ),
    { initialValue: undefined },
  );
};

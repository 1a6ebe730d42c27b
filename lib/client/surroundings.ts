import { concatMap, map, merge, type Observable, type SchedulerLike } from 'rxjs';
import { checkKinds, FLAG, required } from '../history/checkKinds.js';
import type { Rest } from '../rest/Rest.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { Conversation } from './Conversation.js';
import { typingIn } from './typingIn.js';
import { typingSignals } from './typingSignals.js';

export interface SurroundingsParts {
  readonly rest: Rest;
  readonly status$: Observable<ConnectionStatus>;
  /** Every typed event that names a conversation, live. */
  readonly eventsAbout: (conversationId: string) => Observable<ComapiEvent>;
  readonly isMe: (profileId: string) => boolean;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly scheduler: SchedulerLike;
}

/** What there is of a conversation besides its log. */
export type Surroundings = Pick<Conversation, 'typing$' | 'setTyping'>;

/** Creates what surrounds the logs of one client: the people, and what they do besides writing. */
export const surroundings = (parts: SurroundingsParts): ((conversationId: string) => Surroundings) => {
  const { status$, eventsAbout, isMe, ended$ } = parts;
  const isOpen$ = status$.pipe(map(({ state }) => state === 'connected'));
  const signals = typingSignals(parts);
  ended$.subscribe({ next: signals.forget, error: () => undefined });

  /** Emits when the conversation is over for us: deleted, or without me. */
  const overIn = (conversationId: string): Observable<unknown> =>
    eventsAbout(conversationId).pipe(
      concatMap((event) => {
        if (event.type === 'conversationDeleted') return [event];
        return event.type === 'participantRemoved' && isMe(event.payload.profileId) ? [event] : [];
      }),
    );

  return (id) => ({
    typing$: typingIn({
      ...parts,
      events$: eventsAbout(id),
      isOpen$,
      over$: merge(overIn(id), ended$),
    }),
    setTyping: (typing) => {
      checkKinds({ typing }, { typing: required(FLAG) });
      return signals.set(id, typing);
    },
  });
};

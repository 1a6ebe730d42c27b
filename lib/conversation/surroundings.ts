import { concatMap, filter, map, merge, noop, type Observable } from 'rxjs';
import { check, FLAG, IDS, required } from '../fault/checkKinds.js';
import { sharedByKey } from '../stream/sharedByKey.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { Rest } from '../rest/Rest.js';
import { closedBy } from '../log/closedBy.js';
import type { Conversation } from './Conversation.js';
import { detailsOf } from './detailsOf.js';
import type { KeepingParts } from './keptByEvents.js';
import type { MarkStatus } from './Mark.js';
import { participantsOf } from './participantsOf.js';
import type { StatusMarks } from './statusMarks.js';
import { typingIn } from './typingIn.js';
import { typingSignals } from './typingSignals.js';

export interface SurroundingsParts extends KeepingParts {
  readonly rest: Rest;
  /** Every typed event that names a conversation, live. */
  readonly eventsAbout: (conversationId: string) => Observable<ComapiEvent>;
  /** Every other event that names a conversation, live. */
  readonly othersAbout: (conversationId: string) => Observable<UnknownEvent>;
  readonly marks: StatusMarks;
  readonly isMe: (profileId: string) => boolean;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
}

/** What there is of a conversation besides its log. */
export type Surroundings = Pick<
  Conversation,
  'typing$' | 'setTyping' | 'participants$' | 'details$' | 'markDelivered' | 'markRead'
>;

/** Creates what surrounds the logs of one client: the people, and what they do besides writing. */
export const surroundings = (parts: SurroundingsParts): ((conversationId: string) => Surroundings) => {
  const { rest, marks, eventsAbout, othersAbout, isMe, ended$ } = parts;
  const signals = typingSignals(parts);
  ended$.subscribe({ next: signals.forget, error: noop });

  /** Emits when the conversation is over for us: deleted, or without me; and when the client ends all that runs. */
  const endsOf = (id: string): Observable<unknown> =>
    merge(eventsAbout(id).pipe(filter((event) => closedBy(event, isMe) !== undefined)), ended$);

  const participants = sharedByKey((id: string) =>
    participantsOf(
      {
        events$: merge(eventsAbout(id), othersAbout(id)),
        over$: endsOf(id),
        read: () => rest.listParticipants(id),
      },
      parts,
    ),
  );
  const details = sharedByKey((id: string) =>
    detailsOf(
      {
        events$: eventsAbout(id).pipe(
          concatMap((event) => (event.type === 'conversationUpdated' ? [event.payload] : [])),
        ),
        over$: endsOf(id),
        read: () => rest.getConversation(id).pipe(map(({ value }) => value)),
      },
      parts,
    ),
  );

  const marking =
    (conversationId: string, status: MarkStatus): Surroundings['markRead'] =>
    (messageIds) => {
      check(required(IDS), { messageIds });
      return marks.mark({ conversationId, messageIds: [...messageIds], status });
    };

  return (id) => ({
    typing$: typingIn({ ...parts, events$: eventsAbout(id), over$: endsOf(id) }),
    participants$: participants(id),
    details$: details(id),
    markDelivered: marking(id, 'delivered'),
    markRead: marking(id, 'read'),
    setTyping: (typing) => {
      check(required(FLAG), { typing });
      return signals.set(id, typing);
    },
  });
};

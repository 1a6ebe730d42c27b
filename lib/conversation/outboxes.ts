import { catchError, defer, noop, type Observable, of, Subject, tap, throwError } from 'rxjs';
import { checkKinds, type Kind, required } from '../fault/checkKinds.js';
import { ComapiError } from '../fault/ComapiError.js';
import { runsOnce } from '../stream/runsOnce.js';
import type { Zone } from '../stream/Zone.js';
import type { NewMessage, SentMessage } from '../rest/NewMessage.js';
import type { Rest } from '../rest/Rest.js';
import { NEW_MESSAGE } from '../rest/sendable.js';
import type { KeyFact, SentFact } from '../projection/MessageFact.js';
import { createOutbox, type Outbox } from '../projection/outbox.js';
import type { Conversation } from './Conversation.js';

export interface OutboxesParts {
  readonly sendMessage: Rest['sendMessage'];
  /** Told of positions that exist, as the answers to sends say. */
  readonly exists: (conversationId: string, position: number) => void;
  readonly me: () => string | undefined;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly zone: Zone;
}

/** What timelines need to know of what I have sent. */
export interface OutboxView extends Pick<Outbox, 'unsent' | 'keys' | 'seen' | 'opened' | 'reached'> {
  /** What becomes known of messages in the log. */
  readonly facts$: Observable<KeyFact | SentFact>;
  /** Emits when `unsent` has changed. */
  readonly changes$: Observable<void>;
  /** Emits when something was sent. */
  readonly begun$: Observable<void>;
}

/** The outboxes of one client, one for each conversation, however many objects stand for it. */
export interface Outboxes {
  viewOf(conversationId: string): OutboxView;
  commandsOf(conversationId: string): Sends;
}

export type Sends = Pick<Conversation, 'send' | 'resend' | 'discard'>;

interface OpenOutbox extends Outbox, OutboxView {
  readonly begun$: Subject<void>;
  begin(message: NewMessage, sender: string | undefined): string;
}

/** Each outbox comes when it is first asked for. With the client, or its session, all are forgotten. */
export const createOutboxes = ({ sendMessage, exists, me, ended$, zone }: OutboxesParts): Outboxes => {
  const outboxes = new Map<string, OpenOutbox>();
  let sends = 0;
  // Who comes next may be somebody else.
  ended$.subscribe({
    next: () => {
      outboxes.clear();
    },
    error: noop,
  });

  const open = (): OpenOutbox => {
    const facts$ = new Subject<KeyFact | SentFact>();
    const changes$ = new Subject<void>();
    const begun$ = new Subject<void>();
    const outbox = createOutbox({
      newKey: () => `unsent:${(sends += 1)}`,
      know: (fact) => {
        facts$.next(fact);
      },
      changed: () => {
        changes$.next();
      },
    });
    return Object.assign(outbox, { facts$, changes$, begun$ });
  };

  const outboxOf = (id: string): OpenOutbox => {
    const outbox = outboxes.get(id) ?? open();
    outboxes.set(id, outbox);
    return outbox;
  };

  /** Sends are never repeated by themselves: the server knows no way to tell a repetition from a second message. */
  const post = (id: string, outbox: OpenOutbox, key: string, message: NewMessage): Observable<SentMessage> =>
    sendMessage(id, message).pipe(
      tap((message) => {
        outbox.accepted(key, message);
        if (message.eventId !== undefined) exists(id, message.eventId);
      }),
      catchError((error: unknown) => {
        const seen = outbox.failed(key);
        return seen === undefined ? throwError(() => error) : of(seen);
      }),
    );

  return {
    viewOf: outboxOf,
    commandsOf: (id) => ({
      send: (message) => {
        checkKinds({ message }, { message: required(NEW_MESSAGE) });
        return runsOnce(
          defer(() => {
            const outbox = outboxOf(id);
            const key = zone.runOutsideAngular(() => outbox.begin(message, me()));
            outbox.begun$.next();
            return post(id, outbox, key, message);
          }),
        );
      },
      resend: (key) => {
        checkKinds({ key }, { key: required(KEY) });
        return runsOnce(
          defer(() => {
            const outbox = outboxOf(id);
            const message = zone.runOutsideAngular(() => outbox.retry(key));
            return message === undefined ? throwError(nothingFailed) : post(id, outbox, key, message);
          }),
        );
      },
      discard: (key) => {
        checkKinds({ key }, { key: required(KEY) });
        zone.runOutsideAngular(() => {
          outboxOf(id).discard(key);
        });
      },
    }),
  };
};

const KEY: Kind = { name: 'the key of a message', fits: (key) => typeof key === 'string' };

const nothingFailed = (): ComapiError =>
  new ComapiError({ kind: 'not-found', message: 'No message with this key has failed.' });

import {
  catchError,
  defer,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  merge,
  type Observable,
  type SchedulerLike,
  Subject,
  tap,
} from 'rxjs';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { ConversationMessageEvent } from '../wire/event/conversationMessageEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { Circumstances } from '../transport/Circumstances.js';
import type { HeartbeatTimes } from '../transport/HeartbeatTimes.js';
import type { ListedConversation } from '../rest/ListedConversation.js';
import type { SentMessage } from '../rest/NewMessage.js';
import type { EventPageRead } from '../rest/readEvents.js';
import type { Rest } from '../rest/Rest.js';
import { numbered } from '../feed/splitEvents.js';
import type { HistoryReaderParts } from './historyReader.js';
import { type MissedMessages, missedMessages } from './missedMessages.js';
import { ownMessages } from './ownMessages.js';
import { type Suspicion, suspicion } from './suspicion.js';

export interface LineWitnessParts {
  readonly heartbeat: HeartbeatTimes | false | undefined;
  /** How long a line may be open before it delivers. */
  readonly confirmProbeMs: number;
  readonly circumstances: Pick<Circumstances, 'wake$' | 'jumps$'>;
  /** Who sent is me, as far as is known. */
  readonly me: () => string | undefined;
  readonly scheduler: SchedulerLike;
}

type Reading = Pick<HistoryReaderParts, 'readEvents' | 'listConversations'>;

/** Sees what a line brings, and what others say that it should have brought. */
export interface LineWitness {
  /**
   * To be followed while a line is open that cannot be pinged: emits when it is shown that the line is dead.
   */
  readonly silent$: Observable<void>;
  /** Occasions to look, while such a line is open, whether it has missed something. */
  readonly looks$: Observable<unknown>;
  /** Something came by the line, understood or not. */
  heard(event?: ComapiEvent | UnknownEvent): void;
  /** The same reading, of which it takes note. */
  readingOf(reading: Reading): Reading;
  /** The same sending. */
  sendingOf(send: Rest['sendMessage']): Rest['sendMessage'];
}

/** What the line brought may be on its way still; in that time anything that comes shows that it is alive. */
const DEFAULT_GRACE_MS = 8_000;

const LOOK_NOT_BEFORE_MS = 10_000;

/** One open line. */
interface Watch {
  readonly missed: MissedMessages;
  readonly suspicion: Suspicion;
}

/**
 * Creates a witness who watches nothing yet.
 *
 * Browsers cannot ping, and that a line is silent proves nothing: perhaps there is nothing to say. A line that
 * stays silent while history, the list of conversations or an answer to one's own message shows something that
 * it should have brought is dead. It is given `heartbeat.timeoutMs` to bring that, or anything at all: a frame
 * lost on a line that goes on to speak is no evidence.
 *
 *     line:      o--a---------------!      8 is shown and does not come; nothing comes for timeoutMs
 *     shown:     ---a------8--------
 *
 * Whether one's own messages come back is the server's business: where one has been missed in vain, they are no
 * evidence until one has come.
 */
export const lineWitness = (parts: LineWitnessParts): LineWitness => {
  const { heartbeat, scheduler } = parts;
  const own = ownMessages(parts.me);
  const graceMs = (heartbeat === false ? undefined : heartbeat?.timeoutMs) ?? DEFAULT_GRACE_MS;
  let watch: Watch | undefined;
  let lookedAt = -Infinity;
  const looks = new Subject<unknown>();

  const silent$ = defer(() => {
    const current: Watch = {
      missed: missedMessages(scheduler.now() + parts.confirmProbeMs),
      suspicion: suspicion({ own, graceMs, scheduler }),
    };
    watch = current;
    const woken$ = merge(parts.circumstances.wake$, parts.circumstances.jumps$).pipe(
      tap((wake) => {
        looks.next(wake);
      }),
      ignoreElements(),
      catchError(() => EMPTY),
    );
    return merge(woken$, current.suspicion.proven$).pipe(
      finalize(() => {
        if (watch === current) watch = undefined;
      }),
    );
  });

  const heard = (event?: ComapiEvent | UnknownEvent): void => {
    if (watch === undefined) return;
    watch.suspicion.acquit();
    const entry = event && numbered(event);
    if (entry?.conversationId === undefined || entry.conversationEventId === undefined) return;
    const { conversationId, conversationEventId } = entry;
    watch.missed.brought(conversationId, conversationEventId);
    own.brought(conversationId, conversationEventId, entry);
  };

  const sawPage = (conversationId: string, from: number, askedAt: number, read: EventPageRead): void => {
    const { events, others } = read.page;
    const newest = events.filter(({ name }) => name === 'conversationMessage.sent').reduce(later, undefined);
    const position = newest?.conversationEventId;
    const isEmpty = events.length + others.length + read.skipped.length === 0;
    if (watch?.missed.page({ conversationId, from, isEmpty, newest: position, askedAt }) !== true) return;
    watch.suspicion.suspect(own.isMine(conversationId, position ?? -1, newest) ? 'mine' : 'others');
  };

  const sawList = (list: readonly ListedConversation[], askedAt: number): void => {
    const newest = new Map(list.map(({ id, latestSentEventId }) => [id, latestSentEventId]));
    const missed = watch?.missed.list(newest, askedAt) ?? [];
    if (missed.length === 0) return;
    const areMine = missed.every((id) => own.isMine(id, newest.get(id) ?? -1));
    watch?.suspicion.suspect(areMine ? 'mine' : 'others');
  };

  const sawSent = (conversationId: string, { eventId }: SentMessage, askedAt: number): void => {
    if (eventId === undefined) return;
    own.sent(conversationId, eventId);
    if (watch?.missed.sent(conversationId, eventId, askedAt) === true) watch.suspicion.suspect('mine');
  };

  /** Shows each answer, with the time when it was asked for, to the witness. */
  const seen = <A>(request$: Observable<A>, see: (answer: A, askedAt: number) => void): Observable<A> =>
    defer(() => {
      const askedAt = scheduler.now();
      return request$.pipe(
        tap((answer) => {
          see(answer, askedAt);
        }),
      );
    });

  return {
    silent$,
    looks$: looks.pipe(
      filter(() => Math.abs(scheduler.now() - lookedAt) >= LOOK_NOT_BEFORE_MS),
      tap(() => {
        lookedAt = scheduler.now();
      }),
    ),
    heard,
    readingOf: ({ readEvents, listConversations }) => ({
      readEvents: (id, range) =>
        seen(readEvents(id, range), (read, askedAt) => {
          sawPage(id, range.from, askedAt, read);
        }),
      listConversations: (options) => seen(listConversations(options), sawList),
    }),
    sendingOf: (send) => (id, message) =>
      seen(send(id, message), (sent, askedAt) => {
        sawSent(id, sent, askedAt);
      }),
  };
};

const later = (
  a: ConversationMessageEvent | undefined,
  b: ConversationMessageEvent,
): ConversationMessageEvent => (a === undefined || b.conversationEventId > a.conversationEventId ? b : a);

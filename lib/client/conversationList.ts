import {
  auditTime,
  catchError,
  concatMap,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  mergeMap,
  type Observable,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import { againWhenAsked } from '../stream/againWhenAsked.js';
import { sameItems } from '../stream/sameItems.js';
import type { ComapiEvent } from '../wire/ComapiEvent.js';
import type { UnknownEvent } from '../wire/UnknownEvent.js';
import type { ListedConversation } from '../rest/ListedConversation.js';
import type { Rest } from '../rest/Rest.js';
import { conversationBook, type OwnMark } from '../projection/conversationBook.js';
import type { ConversationSummary } from '../projection/ConversationSummary.js';
import type { ListWish } from '../projection/ListWish.js';
import type { KeepingParts } from '../conversation/keptByEvents.js';
import { looksOf } from '../conversation/looksOf.js';
import { untilAnswered } from '../conversation/untilAnswered.js';
import { type Asked, newestPages } from './newestPages.js';

export interface ConversationListParts extends KeepingParts {
  readonly settings: KeepingParts['settings'] & {
    /** Pages are looked at again no more often than this, however often all is looked at. */
    readonly repollMs: number;
  };
  readonly rest: Pick<Rest, 'listConversations' | 'listMessages'>;
  /** Everything that comes by the line. Their end is the end of the result. */
  readonly events$: Observable<ComapiEvent>;
  readonly unknownEvents$: Observable<UnknownEvent>;
  /** What the server has taken of my marks: the frame that says so may be lost. */
  readonly taken$: Observable<OwnMark>;
  /** Emits when the client ends all that runs. */
  readonly ended$: Observable<void>;
  readonly me: () => string | undefined;
}

/** A list that may be behind an event is read again after this time, in ms; so is one that an event may change. */
const SOON_MS = 1_000;

/** How old a page may be when the first line opens: it was read while that was under way. */
const FIRST_OPENING_MS = 5_000;

const PAGE_LIMIT = 100;

/**
 * My conversations: once they have been listed, then each time something of them changes.
 *
 *     lists:    --L-------------------------L      again with each line, and now and then
 *     events:   -----m-----a-----d----x--o---      m = a message, a = I was added, d = one was deleted
 *     result:   --1-2-3-----4----5----------6      2 = the pages of the first ones have come
 *
 * One request lists all of them. The newest page is read for the first twenty and for those in which something
 * was said since, a few at a time; and once more where something below its newest message may not have been visible
 * yet, or where a frame shows that one before it was lost. While all is quiet, each list has one page read again. A
 * request that fails is made again, and in the meantime everything stays.
 */
export const conversationList = (parts: ConversationListParts): Observable<readonly ConversationSummary[]> =>
  defer(() => {
    const { rest, events$, unknownEvents$, ended$, me, isOpen$, settings, inTurn, scheduler } = parts;
    const lookMs = Math.max(settings.idleProbeMs / 2, settings.repollMs, 1);
    const book = conversationBook({ me, graceMs: settings.holeGraceMs, lookMs });
    const changes$ = new Subject<void>();
    const pages$ = new Subject<string>();
    const wishes$ = new Subject<ListWish>();
    const doubts$ = new Subject<void>();
    const underWay = new Set<string>();
    const over$ = new Subject<void>();
    let wasOpen = false;

    const changed = (wish?: ListWish): void => {
      if (wish !== undefined) wishes$.next(wish);
      for (const id of book.takeWanted(scheduler.now())) pages$.next(id);
      if (book.isInDoubt) doubts$.next();
      changes$.next();
    };

    /** A request with the time at which it really goes out. */
    const asked = <A>(request: () => Observable<A>): Observable<Asked<A>> =>
      inTurn(
        defer(() => {
          const askedAt = scheduler.now();
          return request().pipe(map((answer) => ({ answer, askedAt })));
        }),
      );

    const heard$ = merge(events$, unknownEvents$).pipe(
      tap({
        next: (event) => {
          changed(book.heard(event, scheduler.now()));
        },
        complete: () => {
          over$.next();
        },
      }),
    );

    const list$ = defer(() => asked(() => rest.listConversations({ scope: 'participant' }))).pipe(
      untilAnswered<Asked<readonly ListedConversation[]>>({
        ...parts,
        judge: (error) => {
          const { kind, retryAfterMs } = faultOf(error);
          if (kind === 'invalid-url') return 'stop';
          return retryAfterMs === undefined ? 'retry' : { retryAfterMs };
        },
      }),
      tap(({ answer, askedAt }) => {
        changed(book.listed(answer, askedAt));
      }),
    );

    const wished$ = merge(
      wishes$.pipe(filter((wish) => wish === 'now')),
      wishes$.pipe(
        filter((wish) => wish === 'soon'),
        auditTime(SOON_MS, scheduler),
      ),
    );
    const looks$ = merge(looksOf({ ...parts, ...settings }), wished$);
    const lists$ = isOpen$.pipe(
      distinctUntilChanged(),
      filter((isOpen, index) => isOpen || index === 0),
      tap((isOpen) => {
        if (!isOpen) return;
        book.outdated(scheduler.now() - (wasOpen ? 0 : FIRST_OPENING_MS));
        wasOpen = true;
      }),
      // A new line does not wait for a request that may have died with the old one.
      switchMap(() => looks$.pipe(againWhenAsked(() => list$))),
    );

    /** Emits whether it should be done once more. */
    const preview = (id: string): Observable<boolean> =>
      newestPages({
        ...parts,
        read: (from) => asked(() => rest.listMessages(id, { from, limit: PAGE_LIMIT })),
      }).pipe(
        map(({ answer, askedAt }) => {
          const isDoubtful = book.paged(id, answer, askedAt);
          changed();
          return isDoubtful;
        }),
        // It is gone, or not for me: the list will say so.
        catchError(() => EMPTY),
      );
    const previews$ = pages$.pipe(
      mergeMap((id) => {
        underWay.add(id);
        const onceMore$ = timer(settings.holeGraceMs, scheduler).pipe(switchMap(() => preview(id)));
        return preview(id).pipe(
          switchMap((isDoubtful) => (isDoubtful ? onceMore$ : EMPTY)),
          finalize(() => underWay.delete(id)),
        );
      }),
    );

    // A second later: a frame that was only overtaken has come by then.
    const lookedInto$ = doubts$.pipe(
      auditTime(SOON_MS, scheduler),
      tap(() => {
        for (const id of book.takeDoubtful(scheduler.now())) if (!underWay.has(id)) pages$.next(id);
        if (book.isInDoubt) doubts$.next();
      }),
    );

    const summaries$ = changes$.pipe(
      concatMap(() => {
        const summaries = book.summaries();
        return summaries === undefined ? [] : [summaries];
      }),
      distinctUntilChanged<readonly ConversationSummary[]>(sameItems),
    );

    const marked$ = parts.taken$.pipe(
      tap((mark) => {
        book.marked(mark, scheduler.now());
        changed();
      }),
    );

    const work$ = merge(
      ended$.pipe(
        tap(() => {
          over$.next();
        }),
      ),
      previews$,
      lookedInto$,
      marked$,
      heard$,
      lists$,
    ).pipe(ignoreElements());
    return merge(summaries$, work$).pipe(takeUntil(over$));
  });

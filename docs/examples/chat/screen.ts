import {
  BehaviorSubject,
  catchError,
  EMPTY,
  filter,
  map,
  type Observable,
  shareReplay,
  Subject,
  switchAll,
  take,
} from 'rxjs';
import { createClient, type Message, type SyncStatus } from 'comapi-rx';
import { connectionBar } from './connectionBar.js';
import { conversationList } from './conversationList.js';
import { type ConversationPane, conversationPane } from './conversationPane.js';
import { element } from './element.js';
import { ask, type Setup } from './setup.js';

/** What one person sees. */
export interface Screen {
  readonly node: HTMLElement;
  /** The conversation that is open, and its messages as they are on screen. */
  shown(): { readonly conversationId: string; readonly messages: readonly Message[] } | undefined;
}

/** Opens the screen of one person, with a client of its own. */
export const openScreen = (me: string, { server, names }: Setup): Screen => {
  const nameOf = (profileId: string): string =>
    (Object.hasOwn(names, profileId) ? names[profileId] : undefined) ?? profileId;

  const client = createClient({
    ...server,
    authenticate: async ({ nonce }) => {
      const query = new URLSearchParams({ profile: me, nonce });
      return (await ask(`jwt?${query.toString()}`)).text();
    },
    autoDeliver: true,
    // So that a demo need not wait a minute until the loss of a last frame is noticed, or long until a dead line is.
    history: { idleProbeMs: 5_000 },
    heartbeat: { timeoutMs: 2_000 },
  });

  const conversations$ = client.conversations$.pipe(shareReplay({ bufferSize: 1, refCount: true }));
  const open$ = new BehaviorSubject<string | undefined>(undefined);
  const sync$ = new Subject<Observable<SyncStatus>>();
  const drafts = new Map<string, string>();
  const place = element(
    'div',
    { class: 'place' },
    element('p', { class: 'notice' }, 'Reading conversations…'),
  );
  let pane: ConversationPane | undefined;

  open$.subscribe((conversationId) => {
    pane?.close();
    if (conversationId === undefined) return;
    pane = conversationPane({ client, conversationId, me, nameOf, drafts });
    sync$.next(syncOf(pane));
    place.replaceChildren(pane.node);
  });
  // The list errors when the line is given up, which the bar tells.
  conversations$
    .pipe(
      filter((conversations) => conversations.length > 0),
      take(1),
    )
    .subscribe({
      next: ([first]) => {
        open$.next(first?.id);
      },
      error: () => undefined,
    });

  const node = element(
    'section',
    { class: 'screen', 'aria-label': `The screen of ${nameOf(me)}` },
    element('header', {}, element('h2', {}, nameOf(me)), connectionBar(client, sync$.pipe(switchAll()))),
    element(
      'div',
      { class: 'panes' },
      conversationList({
        label: `Conversations of ${nameOf(me)}`,
        conversations$,
        open$,
        nameOf,
        open: (conversationId) => {
          open$.next(conversationId);
        },
      }),
      place,
    ),
  );
  return {
    node,
    shown: () =>
      pane === undefined || open$.value === undefined
        ? undefined
        : { conversationId: open$.value, messages: pane.shown },
  };
};

/** Of a conversation that cannot be shown there is nothing to tell here: it says so itself. */
const syncOf = ({ timeline$ }: ConversationPane): Observable<SyncStatus> =>
  timeline$.pipe(
    map(({ sync }) => sync),
    catchError(() => EMPTY),
  );

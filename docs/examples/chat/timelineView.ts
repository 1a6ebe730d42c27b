import { animationFrameScheduler, auditTime, type Observable, share, Subject } from 'rxjs';
import type { Conversation, Message, Timeline } from 'comapi-rx';
import { button, element, setText } from './element.js';
import { keyedRows } from './keyedRows.js';
import { messageRow, type ShownMessage } from './messageRow.js';
import { messageText } from './messageText.js';
import { scrollKeeper } from './scrollKeeper.js';
import { watchSeen } from './watchSeen.js';

export interface TimelineViewOptions {
  readonly conversation: Conversation;
  readonly me: string;
  readonly nameOf: (profileId: string) => string;
  /** Told in a sentence why nothing more will come. */
  readonly onEnd: (words: string) => void;
}

export interface TimelineView {
  readonly node: HTMLElement;
  readonly timeline$: Observable<Timeline>;
  /** What is on screen. */
  readonly shown: readonly Message[];
  goToNewest(): void;
  close(): void;
}

const PAGE_SIZE = 30;

/** Shows a conversation: the newest messages, older ones as they are scrolled to, and what comes. */
export const timelineView = ({ conversation, me, nameOf, onEnd }: TimelineViewOptions): TimelineView => {
  const older$ = new Subject<void>();
  const newest$ = new Subject<void>();
  const timeline$ = conversation.timeline({ older$, newest$, pageSize: PAGE_SIZE }).pipe(share());
  let timeline: Timeline | undefined;

  // ---- what there is

  const edgeText = element('span');
  const again = button('Try again', {}, () => {
    older$.next();
  });
  const edge = element('p', { class: 'edge' }, edgeText, again);
  const list = element('ol', { role: 'list' });
  const scroller = element(
    'div',
    { class: 'scroller', role: 'group', 'aria-label': 'Messages', tabindex: '0' },
    edge,
    list,
  );
  const toNewest = button('Newest messages ↓', { class: 'to-newest' }, () => {
    goToNewest();
    scroller.focus();
  });
  // One sentence for each moment, and only of what has just been said by others.
  const news = element('p', { class: 'unseen', 'aria-live': 'polite' });
  const node = element('div', { class: 'timeline' }, scroller, toNewest, news);

  const keeper = scrollKeeper(scroller, (isAtEnd) => {
    toNewest.hidden = isAtEnd && timeline?.hasNewer !== true;
  });
  const goToNewest = (): void => {
    newest$.next();
    keeper.goToEnd();
  };

  // ---- older pages

  const edgeWatch = new IntersectionObserver(
    (entries) => {
      const isSeen = entries.at(-1)?.isIntersecting === true;
      if (isSeen && timeline !== undefined && timeline.messages.length > 0) askForOlder(timeline);
    },
    { root: scroller, rootMargin: '300px 0px 0px' },
  );
  const askForOlder = ({ hasOlder, loadingOlder, problem }: Timeline): void => {
    if (hasOlder && !loadingOlder && problem === undefined) older$.next();
  };

  // ---- what others wrote, and I have seen

  const seen = watchSeen(scroller, (key) => {
    const messages = timeline?.messages ?? [];
    const upTo = messages.findIndex((message) => message.key === key);
    const ids = messages
      .slice(0, upTo + 1)
      .filter(isUnread)
      .map(({ id }) => id);
    // It is tried again in the background; there is nothing to tell.
    if (ids.length > 0) conversation.markRead(ids).subscribe({ error: () => undefined });
  });
  const isUnread = ({ sender, state, statusUpdates }: Message): boolean =>
    sender !== me && state === 'sent' && statusUpdates[me]?.status !== 'read';

  // ---- drawing

  const rows = keyedRows<ShownMessage>(
    list,
    ({ message }) => message.key,
    (item) => {
      const row = messageRow(item, {
        me,
        nameOf,
        // What fails is seen at the message itself.
        resend: (key) => conversation.resend(key).subscribe({ error: () => undefined }),
        discard: conversation.discard,
      });
      return {
        node: row.node,
        update: (next) => {
          row.update(next);
          seen.follow(row.node, isUnread(next.message) ? next.message.key : undefined);
        },
      };
    },
  );
  const shownOf = sameWhileUnchanged();

  const draw = (next: Timeline): void => {
    const before = timeline;
    timeline = next;
    keeper.keep(() => {
      rows(shownOf(next.messages));
      setText(edgeText, edgeWords(next));
      again.hidden = next.problem === undefined || !next.hasOlder;
    });
    if (before !== undefined) announce(before, next);
    // It fires for what changes; a page that was short leaves the edge where it is.
    if (before?.loadingOlder !== next.loadingOlder || before.messages.length === 0) {
      edgeWatch.unobserve(edge);
      edgeWatch.observe(edge);
    }
  };

  const announce = (before: Timeline, { messages, sync }: Timeline): void => {
    const last = messages.at(-1);
    const isNews =
      last !== undefined && before.messages.length > 0 && before.messages.at(-1)?.key !== last.key;
    if (!isNews || sync.state !== 'live' || last.sender === me) return;
    setText(news, `${nameOf(last.sender ?? '')}: ${messageText(last)}`);
  };

  // However fast messages come, once for each picture; and none while nobody looks.
  const drawing = timeline$.pipe(auditTime(0, animationFrameScheduler)).subscribe({
    next: draw,
    error: () => {
      onEnd('This conversation cannot be shown any more.');
    },
    complete: () => {
      onEnd(endWords(timeline));
    },
  });

  return {
    node,
    timeline$,
    get shown() {
      return timeline?.messages ?? [];
    },
    goToNewest,
    close: () => {
      drawing.unsubscribe();
      edgeWatch.disconnect();
      seen.close();
      keeper.close();
    },
  };
};

const endWords = (timeline: Timeline | undefined): string => {
  switch (timeline?.sync.closedBecause) {
    case 'deleted':
      return 'This conversation was deleted.';
    case 'removed':
      return 'You are not in this conversation any more.';
    default:
      return 'The connection was closed.';
  }
};

const edgeWords = ({ hasOlder, loadingOlder, problem, messages }: Timeline): string => {
  if (!hasOlder) return 'The conversation begins here.';
  if (problem !== undefined) return 'Older messages could not be read. ';
  return loadingOlder || messages.length === 0 ? 'Reading messages…' : '';
};

/** A message that did not change, and stands where it did, is the same object as before: it is not drawn again. */
const sameWhileUnchanged = (): ((messages: readonly Message[]) => readonly ShownMessage[]) => {
  let known = new Map<string, ShownMessage>();
  return (messages) => {
    const shown = messages.map((message, index): ShownMessage => {
      const follows = messages[index - 1]?.sender === message.sender;
      const before = known.get(message.key);
      return before?.message === message && before.follows === follows ? before : { message, follows };
    });
    known = new Map(shown.map((item) => [item.message.key, item]));
    return shown;
  };
};

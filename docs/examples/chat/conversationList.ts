import type { Observable } from 'rxjs';
import type { ConversationSummary } from 'comapi-rx';
import { button, element, setText } from './element.js';
import { keyedRows, type Row } from './keyedRows.js';
import { messageText } from './messageText.js';

export interface ConversationListOptions {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly conversations$: Observable<readonly ConversationSummary[]>;
  /** The id of the one that is open. */
  readonly open$: Observable<string | undefined>;
  readonly nameOf: (profileId: string) => string;
  readonly open: (conversationId: string) => void;
}

/** Shows my conversations, the latest on top, each with its last words and what I have not read. */
export const conversationList = (options: ConversationListOptions): HTMLElement => {
  const { label, conversations$, open$, nameOf, open } = options;
  const list = element('ul', { role: 'list' });
  const show = keyedRows(
    list,
    ({ id }: ConversationSummary) => id,
    ({ id }) =>
      conversationRow(
        nameOf,
        () => {
          open(id);
        },
        open$,
        id,
      ),
  );
  // It errors when the line is given up: then it stays as it is, and the bar tells why.
  conversations$.subscribe({ next: show, error: () => undefined });
  return element('nav', { 'aria-label': label }, list);
};

const conversationRow = (
  nameOf: (profileId: string) => string,
  onOpen: () => void,
  open$: Observable<string | undefined>,
  id: string,
): Row<ConversationSummary> => {
  const name = element('span', { class: 'name', dir: 'auto' });
  const words = element('span', { class: 'words', dir: 'auto' });
  const unread = element('span', { class: 'unread' });
  const node = button('', {}, onOpen);
  node.append(name, words, unread);
  open$.subscribe((openId) => {
    if (openId === id) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
  });

  return {
    node: element('li', {}, node),
    update: (summary) => {
      const { latestMessage: latest, unread: count = 0 } = summary;
      setText(name, summary.name ?? summary.id);
      setText(words, latest === undefined ? '' : `${nameOf(latest.sender ?? '')}: ${messageText(latest)}`);
      unread.hidden = count === 0;
      unread.replaceChildren(String(count), element('span', { class: 'unseen' }, ' unread'));
    },
  };
};

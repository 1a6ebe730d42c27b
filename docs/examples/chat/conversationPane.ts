import type { Client } from 'comapi-rx';
import { Subscription } from 'rxjs';
import { composer } from './composer.js';
import { element, setText } from './element.js';
import { type TimelineView, timelineView } from './timelineView.js';

export interface ConversationPaneOptions {
  readonly client: Client;
  readonly conversationId: string;
  readonly me: string;
  readonly nameOf: (profileId: string) => string;
  /** Unsent texts, by conversation. */
  readonly drafts: Map<string, string>;
}

export interface ConversationPane extends Pick<TimelineView, 'timeline$' | 'shown'> {
  readonly node: HTMLElement;
  close(): void;
}

/** One conversation, open: what was said, who types, and where to write. */
export const conversationPane = (options: ConversationPaneOptions): ConversationPane => {
  const { client, conversationId, me, nameOf, drafts } = options;
  const conversation = client.conversation(conversationId);
  const ties = new Subscription();
  const name = element('h3', { dir: 'auto' });
  const people = element('p', { dir: 'auto' });
  const typing = element('p', { class: 'typing' });
  // That a conversation has gone is told where its messages are.
  ties.add(
    conversation.details$.subscribe({
      next: (details) => {
        setText(name, details.name ?? details.id);
      },
      error: () => undefined,
    }),
  );
  ties.add(
    conversation.participants$.subscribe({
      next: (participants) => {
        const others = participants.map(({ id }) => id).filter((id) => id !== me);
        setText(people, LIST.format([...others.map(nameOf), 'you']));
      },
      error: () => undefined,
    }),
  );
  ties.add(
    conversation.typing$.subscribe({
      next: (typists) => {
        setText(typing, typingWords(typists.map(nameOf)));
      },
      error: () => undefined,
    }),
  );

  const write = composer({
    label: 'Your message',
    draft: drafts.get(conversationId) ?? '',
    onDraft: (draft) => drafts.set(conversationId, draft),
    onSend: (text) => {
      // A message that could not be sent says so itself, and offers to try again.
      conversation.send(text).subscribe({ error: () => undefined });
      view.goToNewest();
    },
    onTyping: (isTyping) => {
      conversation.setTyping(isTyping).subscribe({ error: () => undefined });
    },
  });

  const view = timelineView({
    conversation,
    me,
    nameOf,
    onEnd: (words) => {
      write.replaceWith(element('p', { class: 'ended', role: 'status' }, words));
    },
  });
  ties.add(view.close);

  const head = element('header', {}, name, people);
  return {
    node: element('article', { class: 'conversation' }, head, view.node, typing, write),
    timeline$: view.timeline$,
    get shown() {
      return view.shown;
    },
    close: () => {
      ties.unsubscribe();
    },
  };
};

const LIST = new Intl.ListFormat('en-GB');

const typingWords = (names: readonly string[]): string => {
  if (names.length === 0) return '';
  return `${LIST.format(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
};

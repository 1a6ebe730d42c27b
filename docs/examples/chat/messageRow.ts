import type { Message } from 'comapi-rx';
import { button, element, setText } from './element.js';
import type { Row } from './keyedRows.js';
import { messageText } from './messageText.js';

/** A message, and where it stands. */
export interface ShownMessage {
  readonly message: Message;
  /** Whether the one before it is of the same person. */
  readonly follows: boolean;
}

export interface MessageRowOptions {
  readonly me: string;
  readonly nameOf: (profileId: string) => string;
  readonly resend: (key: string) => void;
  readonly discard: (key: string) => void;
}

/** Shows one message: who, what, when, and what became of it. */
export const messageRow = (
  { message: { key, sender = '' } }: ShownMessage,
  { me, nameOf, resend, discard }: MessageRowOptions,
): Row<ShownMessage> => {
  const isMine = sender === me;
  const text = element('p', { class: 'text', dir: 'auto' });
  const time = element('time');
  const receipt = element('span', { class: 'receipt' });
  const failed = element(
    'p',
    { class: 'failed' },
    'Not sent. ',
    button('Try again', {}, () => {
      resend(key);
    }),
    button('Discard', {}, () => {
      discard(key);
    }),
  );
  const who = element('p', { class: 'who', dir: 'auto' }, isMine ? 'You' : nameOf(sender));
  const meta = element('p', { class: 'meta' }, time, receipt);
  const node = element('li', { class: isMine ? 'mine' : 'theirs' }, who, text, meta, failed);

  return {
    node,
    update: ({ message, follows }) => {
      node.dataset['state'] = message.state;
      node.dataset['position'] = String(message.sentEventId ?? '');
      node.classList.toggle('follows', follows);
      setText(text, messageText(message));
      time.dateTime = message.sentOn ?? '';
      setText(time, message.sentOn === undefined ? '' : TIME.format(new Date(message.sentOn)));
      setText(receipt, isMine ? receiptOf(message, nameOf) : '');
      failed.hidden = message.state !== 'failed';
    },
  };
};

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const LIST = new Intl.ListFormat('en-GB');

const receiptOf = ({ state, statusUpdates }: Message, nameOf: (profileId: string) => string): string => {
  if (state === 'sending') return 'Sending…';
  if (state !== 'sent') return '';
  const readers = Object.entries(statusUpdates).filter(([, { status }]) => status === 'read');
  if (readers.length > 0) return `Read by ${LIST.format(readers.map(([profileId]) => nameOf(profileId)))}`;
  return Object.keys(statusUpdates).length > 0 ? 'Delivered' : 'Sent';
};

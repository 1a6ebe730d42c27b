import type { Message } from 'comapi-rx';

/** How far a message of mine has come. */
export const receiptOf = ({ state, statusUpdates }: Message, me: string | undefined): string => {
  if (state === 'sending') return 'Sending…';
  const others = Object.entries(statusUpdates).filter(([id]) => id !== me);
  const readers = others.filter(([, { status }]) => status === 'read').map(([id]) => id);
  if (readers.length > 0) return `Read by ${readers.join(', ')}`;
  return others.length > 0 ? 'Delivered' : 'Sent';
};

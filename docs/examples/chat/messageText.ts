import type { Message } from 'comapi-rx';

/** The words of a message; of a part without words, its name. */
export const messageText = ({ parts, state }: Message): string => {
  if (state === 'deleted') return 'This message was deleted.';
  return parts.map(({ data, name, type }) => data ?? `[${name ?? type ?? 'attachment'}]`).join('\n');
};

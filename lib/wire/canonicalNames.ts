import { eventNamed } from './eventTable.js';

/** Other words for the part of a name before the dot: `{ conversation: ['conversation', 'chat'] }`. */
export type EventAliases = Readonly<Record<string, readonly string[]>>;

/**
 * Makes the function that finds the name by which an event is known here.
 *
 * With the aliases above, `chat.delete` is `conversation.delete`. A name that is known stays what it is, whatever
 * the aliases say; one that no alias fits is returned as it is. Where two categories claim the same word, the
 * first has it.
 */
export const canonicalNames = (aliases: EventAliases): ((wireName: string) => string) => {
  const categories = new Map<string, string>();
  for (const [category, words] of Object.entries(aliases)) {
    for (const word of words) if (!categories.has(word)) categories.set(word, category);
  }

  return (wireName) => {
    if (categories.size === 0 || eventNamed(wireName)) return wireName;
    const dot = wireName.lastIndexOf('.');
    const category = dot < 0 ? undefined : categories.get(wireName.slice(0, dot));
    return category === undefined ? wireName : category + wireName.slice(dot);
  };
};

import type { EventMap } from '../wire/EventMap.js';
import { eventTypes } from '../wire/eventTable.js';

/** Throws a `TypeError` for a name that is not in the table: no event would ever come by it. */
export const checkEventName = (name: keyof EventMap): void => {
  if (!eventTypes.includes(name))
    throw new TypeError(`There is no event of the name ${JSON.stringify(name)}.`);
};

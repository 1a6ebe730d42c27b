import type { EventMap } from './EventMap.js';
import { eventTable } from './eventTable.js';

export type Samples = {
  readonly [K in keyof EventMap]: { readonly frame: unknown; readonly payload: EventMap[K] };
};

/**
 * One frame of each event, as a server could send it, with the payload it decodes to: for tests.
 *
 * Of an event that travels under several names it is the first in the table (for messages: the sent one).
 */
export const samples = Object.fromEntries(
  // Later entries win, so the table is read backwards.
  [...eventTable.values()].reverse().map(({ type, sample }) => [type, sample]),
  // Object.fromEntries forgets which key goes with which value; the spec decodes each frame and compares.
) as Samples;

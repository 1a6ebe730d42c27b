import type * as t from 'io-ts';
import { testedBy } from './testedBy.js';

const isPosition = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/**
 * A `conversationEventId`: where an event stands in the log of its conversation, counted from 0.
 *
 * Only safe integers count. JSON rounds 9007199254740993 to its neighbour, which would pass for a duplicate of it.
 */
export const Position: t.Type<number> = testedBy('integer >= 0', isPosition);

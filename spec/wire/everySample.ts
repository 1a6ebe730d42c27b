import {
  conversationMessageDeliveredSample,
  conversationMessageReadSample,
} from '../../lib/wire/event/conversationMessageStatus.js';
import type { Sample } from '../../lib/wire/Sample.js';
import { samples } from '../../lib/wire/samples.js';

/** A sample of each name that travels. */
export const everySample: readonly Sample<unknown>[] = [
  ...Object.values(samples),
  conversationMessageDeliveredSample,
  conversationMessageReadSample,
];

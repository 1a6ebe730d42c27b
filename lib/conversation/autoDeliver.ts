import { identity, noop } from 'rxjs';
import { deliverFollowed, type WatchRun } from './deliverFollowed.js';
import type { DeliverParts } from './deliverFacts.js';
import { deliverHeard } from './deliverHeard.js';
import { deliveringPages } from './deliveringPages.js';

/** The three ways in which a message reaches a device, each of which may mark it as delivered. */
export interface AutoDelivery {
  /** It comes by the line. */
  readonly heard: ReturnType<typeof deliverHeard>;
  /** It comes through a log that somebody follows. */
  readonly watchRun: WatchRun;
  /** It is in a page that a timeline shows. */
  readonly reading: ReturnType<typeof deliveringPages>;
}

const NO_DELIVERY: AutoDelivery = { heard: noop, watchRun: () => identity, reading: identity };

/** Marks the messages of others as delivered once they have come, where that is wanted. */
export const autoDeliver = ({
  isWanted,
  ...parts
}: DeliverParts & { readonly isWanted: boolean }): AutoDelivery =>
  isWanted
    ? { heard: deliverHeard(parts), watchRun: deliverFollowed(parts), reading: deliveringPages(parts) }
    : NO_DELIVERY;

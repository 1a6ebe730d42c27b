import * as t from 'io-ts';
import { Id } from './Id.js';
import { maybe } from './maybe.js';
import { objectOf } from './objectOf.js';
import { Position } from './Position.js';

/** What happened, in the range of a page, to a message that is older than the page. */
export interface OrphanedEvent {
  readonly name: 'delivered' | 'read' | 'delete';
  readonly messageId: string;
  readonly position?: number;
  /** Whose status it is; a delete has none. */
  readonly profileId?: string;
  readonly timestamp?: string;
}

const WireOrphan = objectOf(
  {
    data: objectOf(
      {
        name: t.string,
        payload: objectOf({ messageId: Id }, { profileId: maybe(Id), timestamp: maybe(t.string) }),
      },
      { profileId: maybe(Id) },
    ),
  },
  { id: t.unknown },
);

/** Reads one orphaned event of a page of messages. `undefined` for what says nothing of a message. */
export const orphanedEvent = (item: unknown): OrphanedEvent | undefined => {
  if (!WireOrphan.is(item)) return undefined;
  const { id, data } = item;
  const { messageId, timestamp } = data.payload;
  const name = data.name.replace(/^.*\./, '');
  const profileId = data.payload.profileId ?? data.profileId;
  const position = Position.is(id) && { position: id };

  if (name === 'delete') return { name, messageId, ...position };
  if ((name !== 'delivered' && name !== 'read') || typeof profileId !== 'string') return undefined;
  return { name, messageId, ...position, profileId, ...(typeof timestamp === 'string' && { timestamp }) };
};

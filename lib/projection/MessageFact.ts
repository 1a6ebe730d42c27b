import type { MessagePart } from '../wire/MessagePart.js';

/** Where in the log a message was sent, exactly or by the page that shows it. */
export interface Place {
  /** What it is sorted by: its position, or a number between those of its neighbours. */
  readonly at: number;
  /** The lowest and the highest position that it may have. */
  readonly from: number;
  readonly to: number;
}

/** That a message was sent. */
export interface SentFact {
  readonly kind: 'sent';
  readonly messageId: string;
  /** Absent where nothing is known: then it goes to the end. */
  readonly place?: Place;
  readonly sender?: string;
  readonly sentOn?: string;
  readonly parts?: readonly MessagePart[];
  /** Absent where there is none, or nothing in it. */
  readonly metadata?: unknown;
  /** So I have written it; what the log says of it counts more, whichever is heard first. */
  readonly isDraft?: true;
}

/** That somebody got a message, or read it. */
export interface StatusFact {
  readonly kind: 'status';
  readonly messageId: string;
  readonly profileId: string;
  readonly status: 'delivered' | 'read';
  /** ISO 8601. */
  readonly on?: string;
  /** Absent for what a page sums up: that comes before anything that is told one by one. */
  readonly position?: number;
}

export interface DeletedFact {
  readonly kind: 'deleted';
  readonly messageId: string;
}

/** That a message is known to a screen by this key. */
export interface KeyFact {
  readonly kind: 'key';
  readonly messageId: string;
  readonly key: string;
}

/**
 * What is known of one message. The same facts give the same messages, in whatever order and however often they
 * are told.
 */
export type MessageFact = SentFact | StatusFact | DeletedFact | KeyFact;

/** The place of what was sent exactly there. */
export const placeAt = (position: number): Place => ({ at: position, from: position, to: position });

/** The position, where it is known exactly. */
export const positionOf = (place: Place | undefined): number | undefined =>
  place !== undefined && place.from === place.to ? place.from : undefined;

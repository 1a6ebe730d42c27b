import type { ComapiEvent } from '../wire/ComapiEvent.js';
import { messageContext } from './messageContext.js';
import { timeIn } from './timeIn.js';

/** What was last heard of somebody's typing. */
export interface Typist {
  readonly isTyping: boolean;
  /** When it was said by the server's clock, where it tells. */
  readonly saidAt: number | undefined;
  /** When it counts no more, in ms by our own clock. */
  readonly until: number;
}

/** Everybody of whom something was heard lately, by profile id. */
export type Typists = ReadonlyMap<string, Typist>;

export const NO_TYPISTS: Typists = new Map();

/** Who says that they type says it again every ten seconds; silence for longer means that they have gone. */
const FORGOTTEN_AFTER_MS = 12_000;

/** More than anybody wants to see on a screen. */
const MOST_TYPISTS = 256;

/**
 * Tells who types after one more event.
 *
 * Typing begins with `participantTyping`. It ends with `participantTypingOff`, with a message of that person and
 * with their removal; and by being forgotten 12 s after it was last said. An event that the server dates before
 * one that is known already changes nothing, so repeated and swapped frames do no harm. Somebody who types on
 * keeps their place.
 *
 * @param now Our own clock, in ms.
 * @returns The same map when nothing has changed.
 */
export const typistsAfter = (typists: Typists, event: ComapiEvent, now: number): Typists => {
  const sign = signIn(event);
  if (sign === undefined) return typists;
  const { profileId, isTyping, saidAt } = sign;
  const known = typists.get(profileId);
  const isOutdated =
    saidAt !== undefined && known?.saidAt !== undefined && saidAt < known.saidAt && now < known.until;
  if (isOutdated) return typists;

  const changed = new Map(typists);
  changed.set(profileId, { isTyping, saidAt: saidAt ?? known?.saidAt, until: now + FORGOTTEN_AFTER_MS });
  const [longestKnown = profileId] = changed.keys();
  if (changed.size > MOST_TYPISTS) changed.delete(longestKnown);
  return changed;
};

/** Forgets what has not been said for too long. */
export const typistsAt = (typists: Typists, now: number): Typists => {
  const lasting = [...typists].filter(([, { until }]) => until > now);
  return lasting.length === typists.size ? typists : new Map(lasting);
};

/** When the next one is to be forgotten; undefined when there is none. */
export const nextForgotten = (typists: Typists): number | undefined => {
  const ends = [...typists.values()].map(({ until }) => until);
  return ends.length === 0 ? undefined : Math.min(...ends);
};

/** Those who type, in the order in which they began. */
export const typingNow = (typists: Typists): readonly string[] =>
  [...typists].filter(([, { isTyping }]) => isTyping).map(([profileId]) => profileId);

interface Sign {
  readonly profileId: string;
  readonly isTyping: boolean;
  readonly saidAt: number | undefined;
}

const signIn = (event: ComapiEvent): Sign | undefined => {
  switch (event.type) {
    case 'participantTyping':
    case 'participantTypingOff':
    case 'participantRemoved': {
      const { profileId, timestamp } = event.payload;
      return { profileId, isTyping: event.type === 'participantTyping', saidAt: timeIn(timestamp) };
    }
    case 'conversationMessageEvent': {
      if (event.payload.name !== 'conversationMessage.sent') return undefined;
      const { sender, sentOn } = messageContext(event.payload.payload.context);
      return sender === undefined
        ? undefined
        : { profileId: sender, isTyping: false, saidAt: timeIn(sentOn) };
    }
    default:
      return undefined;
  }
};

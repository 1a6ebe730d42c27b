import * as Core from '../../lib/history/mergeCore.js';
import { type MergeStory, mergeStory, openStory, quietStory } from './mergeStory.js';

const FAULT = { kind: 'http', message: 'Gone.' } as const;

/** How a merge can stand, and a story of how it came to. The cursor is at 0, except for where it is `locating`. */
export const SITUATIONS: Readonly<Record<string, () => MergeStory>> = {
  idle: () => mergeStory({ after: 0 }),
  locating: () => mergeStory({ after: 'now' }).start().open(),
  reading: () => openStory({ after: 0 }),
  settling: () => quietStory({ after: 0 }).live(2),
  'backing off': () => openStory({ after: 0 }).fail(),
  waiting: () => quietStory({ after: 0 }).drop(),
  live: () => quietStory({ after: 0 }),
  paused: () => quietStory({ after: 0 }).pause(),
  closing: () => quietStory({ after: 0 }).close('deleted'),
  closed: () => quietStory({ after: 0 }).close('client-closed'),
};

/** All that a merge can be told. */
export const INPUTS: Readonly<Record<string, (story: MergeStory) => unknown>> = {
  start: (story) => story.start(),
  stop: (story) => story.stop(),
  open: (story) => story.open(),
  drop: (story) => story.drop(),
  'live: the next': (story) => story.live(1),
  'live: an early one': (story) => story.live(3),
  'live: a settled one': (story) => story.live(0),
  'takeNext: the next': (story) => Core.takeNext(story.merge, 1, '1', undefined),
  'takeNext: another': (story) => Core.takeNext(story.merge, 3, '3', undefined),
  'page with the next': (story) => story.page([1]),
  'page with an early one': (story) => story.page([3]),
  'page, empty': (story) => story.page([]),
  'page of something else': (story) => story.page([], { strays: 1 }),
  failed: (story) => story.fail(),
  outOfRange: (story) => story.refuse(),
  truncated: (story) => story.truncate(2),
  baseline: (story) => story.locate(0),
  'known: more': (story) => Core.known(story.merge, 3, story.now),
  'known: nothing new': (story) => Core.known(story.merge, 0, story.now),
  'ends: lower': (story) => Core.ends(story.merge, -1, story.now),
  pause: (story) => story.pause(),
  resume: (story) => story.resume(),
  finish: (story) => Core.finish(story.merge, story.now),
  'close, deleted': (story) => story.close('deleted'),
  'close, by the client': (story) => story.close('client-closed'),
  abort: (story) => Core.abort(story.merge, FAULT),
  'wake, when due': (story) => story.wait(Math.min(1e6, Math.max(0, story.merge.wakeAt - story.now))),
};

/** What comes of an input: the situation then, `?` for a request, `!` for what is let out; `·` for nothing. */
export const outcomeOf = (situation: string, input: string): string => {
  const story = SITUATIONS[situation]?.();
  if (story === undefined) throw new Error(`There is no situation ${situation}.`);
  const before = situationOf(story);
  if (before !== situation) throw new Error(`The story of ${situation} leads to ${before}.`);
  story.said();
  INPUTS[input]?.(story);
  const words = story.said();
  const asks = words.some((word) => word.startsWith('ask') || word === 'locate');
  const tells = words.some((word) => !word.startsWith('ask') && word !== 'locate');
  const after = situationOf(story);
  const outcome = `${after}${asks ? ' ?' : ''}${tells ? ' !' : ''}`;
  return outcome === situation ? '·' : outcome;
};

const situationOf = ({ status, merge, isAsking, isClosing, isPaused }: MergeStory): string => {
  if (status.state === 'closed' || status.state === 'idle') return status.state;
  if (isClosing) return 'closing';
  if (isPaused) return 'paused';
  if (!merge.isLocated) return 'locating';
  if (isAsking) return 'reading';
  if (status.problem !== undefined) return 'backing off';
  if (status.highestKnown > status.cursor) return 'settling';
  return status.state === 'live' ? 'live' : 'waiting';
};

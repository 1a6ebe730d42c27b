import { describe, expect, it } from '@jest/globals';
import { type LogLook, missedMessages } from '../../lib/log/missedMessages.js';

const SETTLED_AT = 100;

/** A look at the garden: nothing from there on. */
const endsBefore = (from: number, askedAt = 200): LogLook => ({
  conversationId: 'garden',
  from,
  isEmpty: true,
  newest: undefined,
  askedAt,
});

/** A look at the garden that finds messages up to this one. */
const shows = (newest: number, askedAt = 300): LogLook => ({
  ...endsBefore(newest, askedAt),
  isEmpty: false,
  newest,
});

const listOf = (newest: number | undefined, conversationId = 'garden') => new Map([[conversationId, newest]]);

describe('a look at a log', () => {
  it('shows what came after an earlier look and was not brought', () => {
    const missed = missedMessages(SETTLED_AT);
    missed.page(endsBefore(8));

    expect(missed.page(shows(8))).toBe(true);
  });

  it.each<[string, (missed: ReturnType<typeof missedMessages>) => void]>([
    ['without an earlier look: it is the past', () => undefined],
    ['when the earlier look found something too', (missed) => missed.page(shows(7))],
    ['when the earlier look was before the line delivers', (missed) => missed.page(endsBefore(8, 99))],
    [
      'when the line brought it',
      (missed) => {
        missed.page(endsBefore(8));
        missed.brought('garden', 8);
      },
    ],
    [
      'when the line brought a later one',
      (missed) => {
        missed.page(endsBefore(8));
        missed.brought('garden', 9);
      },
    ],
    ['when it was known at the earlier look', (missed) => missed.page(endsBefore(9))],
    [
      'when the earlier look was at another log',
      (missed) => missed.page({ ...endsBefore(8), conversationId: 'x' }),
    ],
  ])('shows nothing %s', (_what, before) => {
    const missed = missedMessages(SETTLED_AT);
    before(missed);

    expect(missed.page(shows(8))).toBe(false);
  });

  it('shows it also when the line brought something of another conversation, or earlier things', () => {
    const missed = missedMessages(SETTLED_AT);
    missed.page(endsBefore(7));
    missed.brought('garden', 7);
    missed.brought('park', 100);

    expect(missed.page(shows(8))).toBe(true);
  });
});

describe('a look at the list', () => {
  it('shows what came after an earlier look at the list, or at the log', () => {
    const afterList = missedMessages(SETTLED_AT);
    afterList.list(listOf(7), 200);
    const afterLog = missedMessages(SETTLED_AT);
    afterLog.page(endsBefore(8));

    expect(afterList.list(listOf(8), 300)).toEqual(['garden']);
    expect(afterLog.list(listOf(8), 300)).toEqual(['garden']);
  });

  it('says nothing about statuses in a log: the list does not know them', () => {
    const missed = missedMessages(SETTLED_AT);
    missed.list(listOf(7), 200);

    expect(missed.page(shows(9))).toBe(false);
  });

  it.each<[string, (missed: ReturnType<typeof missedMessages>) => void]>([
    ['the first time', () => undefined],
    ['when the first look was before the line delivers', (missed) => missed.list(listOf(7), 99)],
    ['when nothing is new', (missed) => missed.list(listOf(8), 200)],
    [
      'when the line brought it',
      (missed) => {
        missed.list(listOf(7), 200);
        missed.brought('garden', 8);
      },
    ],
    ['when it did not say before', (missed) => missed.list(listOf(undefined), 200)],
    ['when it was another conversation', (missed) => missed.list(listOf(7, 'park'), 200)],
  ])('shows nothing %s', (_what, before) => {
    const missed = missedMessages(SETTLED_AT);
    before(missed);

    expect(missed.list(listOf(8), 300)).toEqual([]);
  });

  it.each(['__proto__', 'constructor'])('knows a conversation of the name %s', (id) => {
    const missed = missedMessages(SETTLED_AT);
    missed.list(listOf(7, id), 200);

    expect(missed.list(listOf(8, id), 300)).toEqual([id]);
  });
});

describe('an answer to sending', () => {
  it('shows what the line has not brought', () => {
    const missed = missedMessages(SETTLED_AT);
    missed.brought('garden', 7);

    expect(missed.sent('garden', 8, 200)).toBe(true);
    missed.brought('garden', 8);
    expect(missed.sent('garden', 8, 200)).toBe(false);
    expect(missed.sent('garden', 9, 99)).toBe(false);
  });
});

describe('what is remembered', () => {
  it('is bounded, and a bound that is reached accuses nobody', () => {
    const missed = missedMessages(SETTLED_AT);
    missed.page(endsBefore(8));
    for (let index = 0; index <= 20_000; index += 1) missed.brought(`c${index}`, 0);

    expect(missed.page(shows(8))).toBe(false);
  });
});

import { describe, expect, it, jest } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import { emptyBeyondEnd } from '../../lib/log/emptyBeyondEnd.js';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import type { Rest } from '../../lib/rest/Rest.js';
import type { MessagePage } from '../../lib/wire/MessagePage.js';

const NOTHING = { page: { events: [], others: [] }, skipped: [], placeless: 0 };

const refused = (status: number): ComapiError =>
  new ComapiError({ kind: 'http', message: `The server answered ${status}.`, status });

const newestPage = (latestEventId?: number): MessagePage => ({
  messages: [],
  orphanedEvents: [],
  ...(latestEventId !== undefined && { latestEventId }),
});

const asked = (error: ComapiError, newest: ReturnType<Rest['listMessages']>) => {
  const listMessages = jest.fn<Rest['listMessages']>(() => newest);
  const read = emptyBeyondEnd({ readEvents: () => throwError(() => error), listMessages });
  return { answer: firstValueFrom(read('garden', { from: 7, limit: 100 })), listMessages };
};

describe('emptyBeyondEnd', () => {
  it('passes a page on as it is', async () => {
    const page = { ...NOTHING, servedAt: 1 };
    const read = emptyBeyondEnd({ readEvents: () => of(page), listMessages: () => of(newestPage()) });
    await expect(firstValueFrom(read('garden', { from: 7, limit: 100 }))).resolves.toBe(page);
  });

  it('asks for nothing beyond the last number that a position can be', async () => {
    const readEvents = jest.fn(() => of(NOTHING));
    const read = emptyBeyondEnd({ readEvents, listMessages: () => of(newestPage()) });
    const answer = firstValueFrom(read('garden', { from: Number.MAX_SAFE_INTEGER + 1, limit: 100 }));
    await expect(answer).resolves.toEqual({ ...NOTHING, endsAt: -1 });
    expect(readEvents).not.toHaveBeenCalled();
  });

  it('takes a 416 for an empty page, and asks no more', async () => {
    const { answer, listMessages } = asked(refused(416), of(newestPage(6)));
    await expect(answer).resolves.toEqual({ ...NOTHING, endsAt: -1 });
    expect(listMessages).not.toHaveBeenCalled();
  });

  it.each([
    ['ends before', 6, 6],
    ['is empty', undefined, -1],
  ])('takes a 400 for an empty page where the log %s', async (_what, latest, endsAt) => {
    const { answer } = asked(refused(400), of(newestPage(latest)));
    await expect(answer).resolves.toEqual({ ...NOTHING, endsAt });
  });

  it('passes a 400 on where there is more', async () => {
    await expect(asked(refused(400), of(newestPage(7))).answer).rejects.toEqual(refused(400));
  });

  it('passes on what is wrong with the newest page', async () => {
    const newest = throwError(() => refused(503));
    await expect(asked(refused(400), newest).answer).rejects.toEqual(refused(503));
  });

  it('passes every other failure on', async () => {
    await expect(asked(refused(500), of(newestPage(6))).answer).rejects.toEqual(refused(500));
  });
});

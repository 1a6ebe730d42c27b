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
  const read = emptyBeyondEnd({ readEvents: () => throwError(() => error), listMessages: () => newest });
  return firstValueFrom(read('garden', { from: 7, limit: 100 }));
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

  it.each([
    [416, 'ends before', 6, 6],
    [400, 'ends before', 6, 6],
    [416, 'is empty', undefined, -1],
  ])('takes a %i for an empty page where the log %s', async (status, _what, latest, endsAt) => {
    const answer = asked(refused(status), of(newestPage(latest)));
    await expect(answer).resolves.toEqual({ ...NOTHING, endsAt });
  });

  it.each([416, 400])('passes a %i on where there is more', async (status) => {
    await expect(asked(refused(status), of(newestPage(7)))).rejects.toEqual(refused(status));
  });

  it('passes on what is wrong with the newest page', async () => {
    const newest = throwError(() => refused(503));
    await expect(asked(refused(400), newest)).rejects.toEqual(refused(503));
  });

  it('passes every other failure on', async () => {
    await expect(asked(refused(500), of(newestPage(6)))).rejects.toEqual(refused(500));
  });
});

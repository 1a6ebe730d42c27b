import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { firstValueFrom, last, tap } from 'rxjs';
import { follow } from './follow.js';
import { beginJourney, type Journey } from './journey.js';
import { until } from './until.js';

const PAGE = 100;
const CALM = { pageSize: PAGE, confirmProbeMs: Infinity, idleProbeMs: Infinity };

let journey: Journey;

beforeEach(async () => {
  journey = await beginJourney();
});

afterEach(() => journey.end());

/** What is alive on the heap, in bytes, once all that is not has been swept. */
const heapInUse = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
};

describe('catching up', () => {
  it('with a long past takes one request for each page, and keeps nothing', async () => {
    const { server, clientOf } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const count = 20_000;
    const text = 'x'.repeat(1_000);
    for (let index = 0; index < count; index += 1) server.publish(garden, { from: 'bob', text });
    const ann = clientOf('ann', { history: CALM });
    ann.connect();
    await until(ann.status$, ({ state }) => state === 'connected');
    const heapBefore = heapInUse();
    let peak = 0;
    let sorted = true;
    let seen = 0;

    await until(
      ann
        .conversation(garden)
        .messageEvents()
        .pipe(
          tap(({ conversationEventId }) => {
            sorted &&= conversationEventId === seen;
            seen += 1;
            if (seen % 5_000 === 0) peak = Math.max(peak, heapInUse() - heapBefore);
          }),
        ),
      () => seen === count,
    );

    expect(sorted).toBe(true);
    expect(journey.pagesRead).toBeLessThanOrEqual(count / PAGE + 3);
    expect(peak).toBeLessThan(5_000_000);
  });

  it('goes on through a history that lags and one that asks for patience', async () => {
    const { server, clientOf, publish } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    server.setFaults({ historyLagMs: 100 });
    publish(garden, 250);
    const ann = clientOf('ann');
    const follower = follow(ann.conversation(garden));
    await follower.has(100);

    server.setFaults({
      historyLagMs: 100,
      lose: 0.5,
      answer: { status: 429, retryAfterS: 1, times: 1, path: /events$/ },
    });
    publish(garden, 50);
    await until(ann.status$, ({ state }) => state === 'connected');
    publish(garden, 50);
    await follower.has(350);

    const refusal = server.requests.findIndex(({ status }) => status === 429);
    const [refused, next] = server.requests.slice(refusal).filter(({ path }) => path.endsWith('/events'));
    expect(follower.events).toEqual(server.events(garden));
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('is done by each follower from where it wants to begin', async () => {
    const { server, clientOf, publish } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 500);
    const garden$ = clientOf('ann').conversation(garden);

    const { events$, status$ } = garden$.log({ after: 'now' });
    const fromNow = firstValueFrom(events$.pipe(last()));
    const live = until(status$, ({ state }) => state === 'live');
    const [all, rest] = [follow(garden$), follow(garden$, { after: 449 })];
    await Promise.all([all.has(500), rest.has(50), live]);
    publish(garden, 1);
    await Promise.all([all.has(501), rest.has(51)]);
    server.deleteConversation(garden);
    await Promise.all([all.ended, rest.ended]);

    const truth = server.events(garden);
    expect([all.events, rest.events]).toEqual([truth, truth.slice(450)]);
    expect(await fromNow).toEqual(truth.at(-1));
    expect(server.socketCount).toBe(1);
  });
});

describe('a slow consumer', () => {
  it('is never more than two pages behind what has been read', async () => {
    const { server, clientOf, publish } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const count = 600;
    publish(garden, count);
    const ann = clientOf('ann', { history: CALM });
    const seen: number[] = [];
    let ahead = 0;

    for await (const event of ann.conversation(garden).iterate()) {
      seen.push(event.conversationEventId);
      ahead = Math.max(ahead, journey.pagesRead * PAGE - seen.length);
      if (seen.length === count) break;
      // Work that takes longer than a page does to come.
      await firstValueFrom(ann.rest.getConversation(garden));
    }

    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(ahead).toBeLessThanOrEqual(2 * PAGE);
  });
});

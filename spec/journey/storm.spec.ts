import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { follow } from './follow.js';
import { type FrontDoor, frontDoor } from './frontDoor.js';
import { beginJourney, type Journey } from './journey.js';
import { until } from './until.js';

const MAX_CONCURRENT = 4;

let journey: Journey;
let door: FrontDoor;

beforeEach(async () => {
  journey = await beginJourney();
  door = await frontDoor(journey.server.urlBase);
});

afterEach(async () => {
  await journey.end();
  await door.close();
});

describe('a hundred conversations', () => {
  it('come back complete when the line does, a few requests at a time', async () => {
    const { server, clientOf, publish } = journey;
    const ids = Array.from({ length: 100 }, () =>
      server.createConversation({ participants: ['ann', 'bob'] }),
    );
    for (const id of ids) publish(id, 3);
    const ann = clientOf('ann', {
      urlBase: door.urlBase,
      history: { maxConcurrent: MAX_CONCURRENT, confirmProbeMs: 1_500, idleProbeMs: 60_000 },
    });
    const followers = ids.map((id) => follow(ann.conversation(id)));
    await until(ann.status$, ({ state }) => state === 'connected');
    await Promise.all(followers.map((follower) => follower.has(3)));
    const mostAtFirst = door.mostInside;
    door.reset();

    const reconnected = until(ann.reconnected$, () => true);
    server.dropSockets();
    for (const id of ids) publish(id, 2);
    await reconnected;
    for (const id of ids) publish(id, 1);
    await Promise.all(followers.map((follower) => follower.has(6)));

    expect(followers.map(({ events }) => events)).toEqual(ids.map((id) => server.events(id)));
    expect(mostAtFirst).toBe(MAX_CONCURRENT);
    expect(door.mostInside).toBeLessThanOrEqual(MAX_CONCURRENT);
  });
});

describe('a restart of the server', () => {
  it('in the middle of a long catch-up costs nothing but time', async () => {
    const { server, clientOf, publish } = journey;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    publish(garden, 2_000);
    const ann = clientOf('ann', { history: { pageSize: 50 } });
    const follower = follow(ann.conversation(garden));
    await follower.has(200);
    const hadBefore = follower.events.length;

    await server.restart();
    publish(garden, 100);
    await follower.has(2_100);

    expect(hadBefore).toBeLessThan(2_000);
    expect(follower.events).toEqual(server.events(garden));
  });
});

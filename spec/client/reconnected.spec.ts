import { describe, expect, it } from '@jest/globals';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

describe('reconnected$', () => {
  it('says nothing of the first line', async () => {
    const world = clientWorld();
    const reconnected = watch(world.client.reconnected$);

    world.client.connect();
    await settled();
    world.line.last().fail();
    await world.time.advance(2_000);
    world.open();

    expect(world.client.status.state).toBe('connected');
    expect(reconnected.values).toEqual([]);
  });

  it('tells how many attempts it took and how long it was, also whoever came in between', async () => {
    const world = await openWorld({ reconnect: { initialDelayMs: 1_000, maxDelayMs: 1_000 } });
    world.line.last().close();
    const reconnected = watch(world.client.reconnected$);

    await world.time.advance(500);
    world.line.last().close();
    await world.time.advance(500);
    world.open();

    expect(reconnected.values).toEqual([{ attempts: 2, downMs: 1_000 }]);
  });

  it('tells of each line, also of those after nobody wanted one', async () => {
    const world = clientWorld({ lingerMs: 100 });
    const reconnected = watch(world.client.reconnected$);

    for (const pauseMs of [1_000, 2_000, 3_000]) {
      const release = world.client.connect();
      await settled();
      world.open();
      release();
      await world.time.advance(pauseMs + 100);
    }

    expect(reconnected.values).toEqual([
      { attempts: 1, downMs: 1_000 },
      { attempts: 1, downMs: 2_000 },
    ]);
  });

  it('comes after the status that it tells of', async () => {
    const world = await openWorld();
    const told: string[] = [];
    world.client.reconnected$.subscribe(() => told.push('reconnected'));
    world.client.status$.subscribe(({ state }) => told.push(state));

    world.client.reconnect();
    await settled();
    world.open();

    expect(told).toEqual(['connected', 'connecting', 'connected', 'reconnected']);
  });

  it('replays nothing', async () => {
    const world = await openWorld();
    world.client.reconnect();
    await settled();
    world.open();

    expect(watch(world.client.reconnected$).values).toEqual([]);
  });
});

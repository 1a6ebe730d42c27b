import { describe, expect, it } from '@jest/globals';
import { Subject, Subscription } from 'rxjs';
import { sent, sentFrom, status } from '../support/frames.js';
import { fromTo, gardenWith, happens, ids, last, pagesAsked, watchGarden } from '../support/gardenWorld.js';
import { settled } from '../support/virtualTime.js';

describe('a timeline that was left', () => {
  it('is there at once for who comes back, and goes on at its cursor', async () => {
    const world = await gardenWith(sentFrom(0, 99), { pageSize: 10 });
    const older$ = new Subject<void>();
    const before = watchGarden(world, { older$, pageSize: 10 });
    await settled();
    older$.next();
    await settled();
    before.unsubscribe();
    world.backend.logs.set('garden', [...sentFrom(0, 99), status(100, 'm95'), sent(101)]);
    await world.time.advance(20_000);

    const after = watchGarden(world);
    expect(after.values).toHaveLength(1);
    expect(last(after).messages).toEqual(last(before).messages);
    expect(last(after).messages[0]).toBe(last(before).messages[0]);
    await world.time.advance(1_000);
    world.open();
    await settled();

    expect(ids(after)).toEqual([...fromTo(80, 99), 101]);
    expect(last(after).messages[15]?.statusUpdates).toEqual({ ann: { status: 'read', on: 'at 100' } });
    expect(pagesAsked(world)).toEqual([undefined, '89']);
  });

  it('holds one timer, and neither a socket nor a request', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    await world.time.advance(1_000);
    const timersBefore = world.time.pending;
    for (let turn = 0; turn < 3; turn += 1) {
      const timeline = watchGarden(world);
      await settled();
      timeline.unsubscribe();
    }
    await settled();

    expect(world.backend.inFlight).toBe(0);
    expect(world.time.pending).toBe(timersBefore + 1);
    const asked = world.backend.calls.length;
    await world.time.advance(10_000);
    expect(world.backend.calls).toHaveLength(asked);
  });

  it('is forgotten after its time', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    watchGarden(world).unsubscribe();
    const timeline = watchGarden(world);
    await settled();
    timeline.unsubscribe();
    await world.time.advance(30_001);

    const asked = pagesAsked(world).length;
    const after = watchGarden(world);

    expect(last(after).messages).toEqual([]);
    await settled();
    expect(pagesAsked(world).slice(asked)).toStrictEqual([undefined]);
  });

  it('is not kept at all where that is not wanted', async () => {
    const world = await gardenWith(sentFrom(0, 9), { keepAliveMs: 0 });
    const timeline = watchGarden(world);
    await settled();
    timeline.unsubscribe();

    expect(last(watchGarden(world)).messages).toEqual([]);
  });

  it('is forgotten with the session', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world);
    await settled();
    timeline.unsubscribe();

    world.client.endSession().subscribe();

    expect(last(watchGarden(world)).messages).toEqual([]);
  });

  it('is not kept where it is left while the session ends', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const garden = world.client.conversation('garden');
    let other = Subscription.EMPTY;
    garden.timeline().subscribe({
      complete: () => {
        other.unsubscribe();
      },
    });
    other = garden.timeline().subscribe();
    await settled();
    await world.time.advance(1_000);

    world.client.endSession().subscribe();
    await settled();

    expect(other.closed).toBe(true);
    expect(last(watchGarden(world)).messages).toEqual([]);
  });

  it('goes to one of those who come back', async () => {
    const world = await gardenWith(sentFrom(0, 9));
    const timeline = watchGarden(world);
    await settled();
    timeline.unsubscribe();

    const [first, second] = [watchGarden(world), watchGarden(world)];
    expect([last(first).messages.length, last(second).messages.length]).toEqual([10, 0]);
    await settled();
    happens(world, sent(10));

    expect(ids(first)).toEqual(fromTo(0, 10));
    expect(ids(second)).toEqual(fromTo(0, 10));
  });

  it('shows the newest to who comes back after they were let go', async () => {
    const world = await gardenWith(sentFrom(0, 39));
    const older$ = new Subject<void>();
    const timeline = watchGarden(world, { older$, pageSize: 10, windowLimit: 10 });
    await settled();
    older$.next();
    await settled();
    expect(last(timeline).hasNewer).toBe(true);
    timeline.unsubscribe();

    const after = watchGarden(world, { pageSize: 10 });
    await settled();

    expect(ids(after)).toEqual(fromTo(30, 39));
  });
});

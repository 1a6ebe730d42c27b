import { describe, expect, it } from '@jest/globals';
import { injectComapi } from '../../lib/angular/injectComapi.js';
import { added } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';
import { angularWorld } from './world.js';

describe('provideComapi', () => {
  it('gives the same client to all who ask, and opens nothing by itself', async () => {
    const world = angularWorld();

    expect(world.inject(injectComapi)).toBe(world.inject(injectComapi));

    await settled();
    expect(world.line.sockets).toHaveLength(0);
    expect(world.backend.requests).toHaveLength(0);
    expect(world.time.pending).toBe(0);
  });

  it('closes the client with its injector', async () => {
    const world = angularWorld();
    const client = world.inject(injectComapi);
    const events = watch(client.events$);
    await settled();
    world.line.last().open();

    world.destroy();
    await settled();

    expect(events.end).toBe('completed');
    expect(client.status.state).toBe('closed');
    expect(world.time.pending).toBe(0);
  });

  it('runs streams outside the zone and handlers inside', async () => {
    const world = angularWorld();
    const client = world.inject(injectComapi);
    const seen: string[] = [];
    world.inject(() => {
      client.participantAdded$.subscribe(() => seen.push(`stream ${world.where()}`));
      client.on('participantAdded', () => seen.push(`handler ${world.where()}`));
    });
    await settled();
    world.line.last().open();

    world.inject(() => world.line.last().message(added('ann')));

    expect(seen).toEqual(['stream outside', 'handler inside']);
  });

  it('gives what handlers throw to the ErrorHandler', async () => {
    const world = angularWorld();
    const error = new Error('a handler of the app');
    world.inject(injectComapi).on('participantAdded', () => {
      throw error;
    });
    await settled();
    world.line.last().open();

    world.line.last().message(added('ann'));

    expect(world.handled).toEqual([error]);
  });

  it('opens and asks for nothing where pages are rendered on a server', async () => {
    const world = angularWorld({}, 'server');
    const client = world.inject(injectComapi);

    const events = watch(client.events$);
    const timeline = watch(client.conversation('garden').timeline());
    await settled();

    expect(world.line.sockets).toHaveLength(0);
    expect(world.backend.requests).toHaveLength(0);
    expect(world.time.pending).toBe(0);
    expect(events.values).toEqual([]);
    expect(timeline.values.map(({ messages }) => messages)).toEqual([[]]);
    expect(client.status).toEqual({ state: 'idle' });
  });

  it('lets the options say otherwise', async () => {
    const world = angularWorld({ enabled: true }, 'server');

    watch(world.inject(injectComapi).events$);
    await settled();

    expect(world.line.sockets).toHaveLength(1);
  });
});

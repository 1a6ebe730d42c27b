import { describe, expect, it } from '@jest/globals';
import type { Observable, SchedulerLike } from 'rxjs';
import { clientWorld, type ClientWorld } from '../support/clientWorld.js';
import { fakeZone } from '../support/fakeZone.js';
import { added, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

type Places = ReturnType<typeof fakeZone>;

/** A world whose socket and timers remember where they were begun. */
const zonedWorld = (): ClientWorld & Places & { readonly timersBegun: Set<string> } => {
  const places = fakeZone();
  const timersBegun = new Set<string>();
  const plain = clientWorld();
  const scheduler: SchedulerLike = {
    now: () => plain.time.scheduler.now(),
    schedule: (...timer: Parameters<SchedulerLike['schedule']>) => {
      timersBegun.add(places.where());
      return plain.time.scheduler.schedule(...timer);
    },
  };
  const world = clientWorld({ zone: places.zone, scheduler });
  return Object.assign(world, places, { timersBegun });
};

describe('zone', () => {
  it('is where handlers run, and nothing else does', async () => {
    const world = zonedWorld();
    world.backend.logs.set('garden', [sent(0)]);
    const seen: Record<string, string> = {};
    const note = (what: string) => (): void => {
      seen[what] = world.where();
    };

    world.inside(() => {
      const { client } = world;
      client.on('participantAdded', note('handler'));
      client.on('participantAdded', () => {
        throw new Error('handler');
      });
      client.participantAdded$.subscribe(note('stream'));
      client.events$.subscribe(note('events$'));
      client.status$.subscribe(note('status$'));
      client.handlerErrors$.subscribe(note('handlerErrors$'));
      client.decodeErrors$.subscribe(note('decodeErrors$'));
      client.reconnected$.subscribe(note('reconnected$'));
      client.conversation('garden').messageEvents().subscribe(note('messages'));
      client.rest.getProfile('ann').subscribe(note('rest'));
    });
    await settled();
    world.open();
    await settled();
    world.inside(() => {
      world.receive(added('ann'));
      world.receive('{');
      world.client.reconnect();
    });
    await settled();
    world.open();
    await settled();

    expect(seen).toEqual({
      handler: 'inside',
      stream: 'outside',
      events$: 'outside',
      status$: 'outside',
      handlerErrors$: 'outside',
      decodeErrors$: 'outside',
      reconnected$: 'outside',
      messages: 'outside',
      rest: 'outside',
    });
  });

  it('holds no timer', async () => {
    const world = zonedWorld();

    const release = world.inside(() => world.client.connect());
    await settled();
    world.open();
    world.inside(() => {
      watch(world.client.conversation('garden').messageEvents());
      watch(world.client.rest.getProfile('ann'));
      release();
      void world.client.close();
    });

    expect([...world.timersBegun]).toEqual(['outside']);
  });

  it('does not hold what ends a session', async () => {
    const places = fakeZone();
    const world = clientWorld({ zone: places.zone, authenticate: () => 'jwt' });
    const seen: string[] = [];
    world.client.connect();
    await settled();

    places.inside(() => world.client.endSession().subscribe(() => seen.push(places.where())));
    await settled();

    expect(seen).toEqual(['outside']);
  });

  it('is where the end is not told, when it comes from an app inside', async () => {
    const world = zonedWorld();
    const seen: string[] = [];
    world.inside(() => {
      world.client.events$.subscribe({ complete: () => seen.push(world.where()) });
      world.client
        .conversation('garden')
        .messageEvents()
        .subscribe({ complete: () => seen.push(world.where()) });
    });
    await settled();

    await world.inside(() => world.client.close());

    expect(seen).toEqual(['outside', 'outside']);
  });
});

/** What these streams say while they are subscribed to inside, and where. */
const saidInside = (
  world: ClientWorld & Places,
  streams: Readonly<Record<string, Observable<unknown>>>,
): Readonly<Record<string, string>> => {
  const said: Record<string, string> = {};
  for (const [name, stream$] of Object.entries(streams)) {
    const note = (what: string) => (): void => {
      said[`${name} ${what}`] = world.where();
    };
    world.inside(() =>
      stream$.subscribe({ next: note('next'), error: note('error'), complete: note('complete') }),
    );
  }
  return said;
};

describe('the zone of a subscriber', () => {
  it('sees not even what is said at once', () => {
    const world = zonedWorld();
    const { client } = world;
    const garden = client.conversation('garden');

    const said = saidInside(world, {
      status: client.status$,
      me: client.me$,
      typing: garden.typing$,
      timeline: garden.timeline(),
      log: garden.log().status$,
    });

    expect(said).toEqual({
      'status next': 'outside',
      'me next': 'outside',
      'typing next': 'outside',
      'timeline next': 'outside',
      'log next': 'outside',
    });
  });

  it('sees no end that has come before', async () => {
    const places = fakeZone();
    const refused = Object.assign(clientWorld({ zone: places.zone, getToken: () => null }), places);
    refused.client.connect();
    await settled();
    const closed = zonedWorld();
    await closed.client.close();

    const said = {
      ...saidInside(refused, { events: refused.client.events$, added: refused.client.participantAdded$ }),
      ...saidInside(closed, {
        unknown: closed.client.unknownEvents$,
        undecoded: closed.client.decodeErrors$,
        handlers: closed.client.handlerErrors$,
        reconnected: closed.client.reconnected$,
        me: closed.client.me$,
        end: closed.client.endSession(),
        log: closed.client.conversation('garden').log().events$,
      }),
    };

    expect(said).toEqual({
      'events error': 'outside',
      'added error': 'outside',
      'unknown complete': 'outside',
      'undecoded complete': 'outside',
      'handlers complete': 'outside',
      'reconnected complete': 'outside',
      'me complete': 'outside',
      'end error': 'outside',
      'log complete': 'outside',
    });
  });
});

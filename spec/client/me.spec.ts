import { describe, expect, it } from '@jest/globals';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { removed, sent } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const jwt = (claims: object): string => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

describe('me$', () => {
  it('is the profile of the session, which beats the option', async () => {
    const world = clientWorld({ authenticate: () => 'jwt', profileId: 'somebody' });
    const me = watch(world.client.me$);

    world.client.connect();
    await settled();

    expect(me.values).toEqual(['somebody', 'me']);
  });

  it('is the option, which beats the token', async () => {
    const world = await openWorld({ getToken: () => jwt({ sub: 'zoë' }), profileId: 'ann' });

    expect(watch(world.client.me$).values).toEqual(['ann']);
  });

  it('is the sub of the token where nothing else says who I am', async () => {
    const world = clientWorld({ getToken: () => jwt({ sub: 'zoë' }) });
    const me = watch(world.client.me$);

    world.client.connect();
    await settled();

    expect(me.values).toStrictEqual([undefined, 'zoë']);
  });

  it('is undefined where nobody can tell, and then nobody is taken for me', async () => {
    const world = clientWorld({ getToken: () => 'opaque' });
    world.backend.logs.set('garden', [sent(0)]);
    const messages = watch(world.client.conversation('garden').messageEvents());
    await settled();
    world.open();
    await settled();

    world.receive(removed('opaque'));
    await world.time.advance(10_000);

    expect(watch(world.client.me$).values).toStrictEqual([undefined]);
    expect(messages.values).toHaveLength(1);
    expect(messages.end).toBeUndefined();
  });

  it('is forgotten with the session', async () => {
    const world = clientWorld({ authenticate: () => 'jwt' });
    const me = watch(world.client.me$);
    world.client.connect();
    await settled();
    world.open();

    world.client.endSession().subscribe();
    await settled();

    expect(me.values).toStrictEqual([undefined, 'me', undefined]);
    expect(me.end).toBeUndefined();
  });

  it('completes with the client, also for whoever subscribes later', async () => {
    const world = await openWorld();
    const me = watch(world.client.me$);

    await world.client.close();

    expect(me.end).toBe('completed');
    expect(watch(world.client.me$).end).toBe('completed');
  });
});

import { describe, expect, it } from '@jest/globals';
import { injectComapi } from '../../lib/angular/injectComapi.js';
import { injectConversations } from '../../lib/angular/injectConversations.js';
import { settled } from '../support/virtualTime.js';
import { angularWorld } from './world.js';

describe('injectConversations', () => {
  it('is undefined until the list is there', async () => {
    const world = angularWorld();
    world.backend.respond = ({ path }) =>
      path === '/conversations' ? { json: [{ id: 'garden', name: 'Garden' }] } : undefined;

    const conversations = world.inject(injectConversations);
    const before = conversations();
    await settled();
    world.line.last().open();
    await settled();

    expect(before).toBeUndefined();
    expect(conversations()).toMatchObject([{ id: 'garden', name: 'Garden' }]);
  });

  it('keeps the last list when the line has failed, and goes on when that is revived', async () => {
    let name = 'Garden';
    const world = angularWorld({
      reconnect: { classify: () => ({ action: 'stop', code: 'refused' }) },
    });
    world.backend.respond = ({ path }) =>
      path === '/conversations' ? { json: [{ id: 'garden', name }] } : undefined;
    const conversations = world.inject(injectConversations);
    const client = world.inject(injectComapi);
    await settled();
    world.line.last().open();
    await settled();

    world.line.last().close(4000);
    await settled();
    const { state } = client.status;
    const kept = conversations();
    name = 'Orchard';
    client.reconnect();
    await settled();
    world.line.last().open();
    await settled();

    expect(state).toBe('failed');
    expect(kept).toMatchObject([{ name: 'Garden' }]);
    expect(conversations()).toMatchObject([{ name: 'Orchard' }]);
  });
});

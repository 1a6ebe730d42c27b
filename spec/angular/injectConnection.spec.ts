import { describe, expect, it } from '@jest/globals';
import { injectComapi } from '../../lib/angular/injectComapi.js';
import { injectConnection } from '../../lib/angular/injectConnection.js';
import { settled } from '../support/virtualTime.js';
import { angularWorld } from './world.js';

describe('injectConnection', () => {
  it('has the present status at once, and is no wish for a line', async () => {
    const world = angularWorld();

    const connection = world.inject(injectConnection);
    await settled();

    expect(connection()).toEqual({ state: 'idle' });
    expect(world.line.sockets).toHaveLength(0);
  });

  it('follows the line', async () => {
    const world = angularWorld();
    const connection = world.inject(injectConnection);
    world.inject(injectComapi).connect();
    await settled();
    const connecting = connection();

    world.line.last().open();

    expect(connecting.state).toBe('connecting');
    expect(connection().state).toBe('connected');
  });
});

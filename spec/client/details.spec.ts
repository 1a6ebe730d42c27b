import { describe, expect, it } from '@jest/globals';
import { type ClientWorld, openWorld } from '../support/clientWorld.js';
import type { FakeAnswer } from '../support/fakeBackend.js';
import { deleted } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const GARDEN = { id: 'garden', name: 'Garden', description: 'Beds', isPublic: false };

const update = (changes: object): object => ({
  name: 'conversation.update',
  conversationId: 'garden',
  payload: changes,
});

const gardenWorld = async (): Promise<{
  readonly world: ClientWorld;
  readonly server: { answer: FakeAnswer };
}> => {
  const world = await openWorld();
  const server = { answer: { json: GARDEN } };
  world.backend.respond = ({ path }) => (path === '/conversations/garden' ? server.answer : undefined);
  return { world, server };
};

const readings = ({ backend }: ClientWorld): number =>
  backend.calls.filter((call) => call === 'GET /conversations/garden').length;

describe('details$', () => {
  it('are read once, and kept by events that say all', async () => {
    const { world } = await gardenWorld();
    const details = watch(world.client.conversation('garden').details$);
    await settled();

    world.receive(update({ name: 'Park', description: 'Trees', isPublic: true }));
    world.receive(update({ name: 'Park', description: 'Trees', isPublic: true }));
    await settled();

    expect(details.values).toEqual([
      GARDEN,
      { id: 'garden', name: 'Park', description: 'Trees', isPublic: true },
    ]);
    expect(readings(world)).toBe(1);
  });

  it('are read again when an update leaves something out, which may be unchanged', async () => {
    const { world, server } = await gardenWorld();
    const details = watch(world.client.conversation('garden').details$);
    await settled();

    server.answer = { json: { ...GARDEN, name: 'Park' } };
    world.receive(update({ name: 'Park' }));
    await settled();

    expect([readings(world), details.values]).toEqual([2, [GARDEN, { ...GARDEN, name: 'Park' }]]);
  });

  it('are read again when an update leaves something out, which may be gone', async () => {
    const { world, server } = await gardenWorld();
    const details = watch(world.client.conversation('garden').details$);
    await settled();

    server.answer = { json: { id: 'garden', name: 'Park', isPublic: false } };
    world.receive(update({ name: 'Park', isPublic: false }));
    await settled();

    expect(details.values.at(-1)).toEqual({ id: 'garden', name: 'Park', isPublic: false });
  });

  it('are right again after a drop', async () => {
    const { world, server } = await gardenWorld();
    const details = watch(world.client.conversation('garden').details$);
    await world.time.advance(5_000);

    world.line.last().close();
    server.answer = { json: { ...GARDEN, name: 'Park' } };
    await world.time.advance(1_000);
    world.open();
    await settled();

    expect(details.values.map(({ name }) => name)).toEqual(['Garden', 'Park']);
  });

  it('error where there never was such a conversation, and complete where it is deleted', async () => {
    const { world, server } = await gardenWorld();
    const details = watch(world.client.conversation('garden').details$);
    await settled();
    world.receive(deleted());
    server.answer = { status: 404 };
    const later = watch(world.client.conversation('garden').details$);

    await world.time.advance(6_000);

    expect([details.end, later.end]).toEqual(['completed', 'not-found']);
  });
});

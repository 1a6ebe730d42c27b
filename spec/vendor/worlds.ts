import { map, timer } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { follow } from '../journey/follow.js';
import { localClient } from '../journey/localClient.js';
import { until } from '../journey/until.js';
import { person } from '../server/support/person.js';
import { EVENT_NAMES, startVendorDevice, type VendorDevice } from './vendorDevice.js';

/** What came of a promise. */
export interface Outcome {
  readonly kept: boolean;
  /** What was counted, for people. */
  readonly measured: string;
}

/** A server, and ann with her device, who is in the garden with bob. */
interface World {
  readonly server: LocalServer;
  readonly garden: string;
}
export interface VendorWorld extends World {
  readonly device: VendorDevice;
}
export interface OurWorld extends World {
  readonly client: Client;
}

const openWorld = async (): Promise<World> => {
  const server = await startServer({ seed: 7 });
  return { server, garden: server.createConversation({ participants: ['ann', 'bob'] }) };
};

/** Tells a story with the vendor's SDK, logged in and its socket open, on a server of its own. */
export const withVendor = (story: (world: VendorWorld) => Promise<Outcome>) => async (): Promise<Outcome> => {
  const world = await openWorld();
  const device = await startVendorDevice(world.server, 'ann');
  try {
    return await story({ ...world, device });
  } finally {
    device.page.close();
    await world.server.close();
  }
};

/** The same with our client. */
export const withOurs = (story: (world: OurWorld) => Promise<Outcome>) => async (): Promise<Outcome> => {
  const world = await openWorld();
  const client = localClient(world.server, 'ann');
  client.connect();
  await until(client.status$, ({ state }) => state === 'connected');
  try {
    return await story({ ...world, client });
  } finally {
    await client.close();
    await world.server.close();
  }
};

/** Somebody who follows the garden, by the ids of the events that came. */
export interface Reader {
  ids(): readonly number[];
  /** Waits until everything that will come by itself has come. */
  done(): Promise<void>;
}

export const vendorReader = ({ server, garden, device }: VendorWorld): Reader => {
  const ids = (): readonly number[] =>
    device.told
      .filter(([name]) => name === 'conversationMessageEvent')
      .map(([, data]) => (data as { readonly conversationEventId: number }).conversationEventId);
  return {
    ids,
    done: async () => {
      const last = server.events(garden).at(-1)?.conversationEventId ?? -1;
      await device.until(() => ids().includes(last));
      await vendorHeardAll(server, device);
    },
  };
};

export const ourReader = ({ server, garden, client }: OurWorld): Reader => {
  const follower = follow(client.conversation(garden));
  return {
    ids: () => follower.events.map(({ conversationEventId }) => conversationEventId),
    done: () => follower.has(server.events(garden).length),
  };
};

/** Waits until the device has heard of everything that was sent to it. */
export const vendorHeardAll = async (
  server: LocalServer,
  { others, until: deviceUntil }: VendorDevice,
): Promise<void> => {
  server.push('ann', JSON.stringify({ name: 'a.fence' }));
  await deviceUntil(() =>
    others.some(([, data]) => (data as { readonly name?: unknown }).name === 'a.fence'),
  );
};

export const publish = ({ server, garden }: World, count: number): void => {
  for (let index = 0; index < count; index += 1)
    server.publish(garden, { from: 'bob', text: `message ${index}` });
};

/** Waits until as many sockets are open. */
export const socketsOpen = async ({ server }: World, wanted: number): Promise<void> => {
  await until(timer(0, 5).pipe(map(() => server.socketCount)), (count) => count === wanted);
};

/** How often the server answered so: `POST sessions 200`. */
export const answered = ({ server }: World, wanted: string): number =>
  server.requests
    .map(({ method, path, status }) => `${method} ${path.split('/')[3] ?? ''} ${status}`)
    .filter((request) => request === wanted).length;

/** Waits until the server has answered so as often. */
export const answeredTimes = async (world: World, wanted: string, times: number): Promise<void> => {
  await until(timer(0, 5).pipe(map(() => answered(world, wanted))), (count) => count >= times);
};

/** Compares what came with what the server has: everything, once, in order? */
export const judgeLog = ({ server, garden }: World, ids: readonly number[]): Outcome => {
  const truth = server.events(garden).map(({ conversationEventId }) => conversationEventId);
  const lost = truth.filter((id) => !ids.includes(id)).length;
  const repeated = ids.length - new Set(ids).size;
  const late = ids.filter((id, index) => ids.slice(0, index).some((earlier) => earlier > id)).length;
  const wrong = [
    ...(lost > 0 ? [`${lost} of ${truth.length} lost`] : []),
    ...(repeated > 0 ? [`${repeated} repeated`] : []),
    ...(late > 0 ? [`${late} out of order`] : []),
  ];
  return { kept: wrong.length === 0, measured: wrong.join(', ') || `all ${truth.length}, once, in order` };
};

/** Lets each of the nine events happen once. */
export const nineEvents = async ({ server, garden }: World): Promise<void> => {
  server.addParticipant(garden, 'cat');
  server.removeParticipant(garden, 'cat');
  server.setTyping(garden, 'bob', true);
  server.setTyping(garden, 'bob', false);
  server.publish(garden, { from: 'bob', text: 'The roses are out.' });
  server.updateProfile('bob', { name: 'Bob' });
  await person(server, 'bob')('PUT', `/conversations/${garden}`, { body: { name: 'Garden' } });
  server.deleteConversation(garden);
  server.undeleteConversation(garden);
};

export const judgeNames = (names: Iterable<string>): Outcome => {
  const reported = new Set(names).size;
  const wanted = EVENT_NAMES.length;
  return { kept: reported === wanted, measured: `${reported} of ${wanted} kinds reported` };
};

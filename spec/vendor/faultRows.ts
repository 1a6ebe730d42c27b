import { firstValueFrom, lastValueFrom, reduce, takeWhile, timer } from 'rxjs';
import type { Faults } from '../../lib/server/faults/Faults.js';
import { until } from '../journey/until.js';
import { openVendorDevice } from './vendorDevice.js';
import {
  answered,
  answeredTimes,
  judgeLog,
  judgeNames,
  nineEvents,
  type Outcome,
  ourReader,
  type OurWorld,
  publish,
  type Reader,
  socketsOpen,
  vendorHeardAll,
  vendorReader,
  type VendorWorld,
  withOurs,
  withVendor,
} from './worlds.js';

/** A fault, a promise, and what becomes of it with either client. */
export interface FaultRow {
  readonly fault: string;
  readonly promise: string;
  readonly vendor: () => Promise<Outcome>;
  readonly ours: () => Promise<Outcome>;
}

/** The same story with either client: `reader` is whoever follows the garden in it. */
type LogStory = (world: VendorWorld | OurWorld, reader: Reader) => Promise<Outcome>;
const logStory = (story: LogStory): Pick<FaultRow, 'vendor' | 'ours'> => ({
  vendor: withVendor((world) => story(world, vendorReader(world))),
  ours: withOurs((world) => story(world, ourReader(world))),
});

/** Twenty messages with the fault, and one after it, by which whatever is missing could be noticed. */
const liveWith = (faults: Faults): Pick<FaultRow, 'vendor' | 'ours'> =>
  logStory(async (world, reader) => {
    world.server.setFaults(faults);
    publish(world, 20);
    world.server.setFaults({});
    publish(world, 1);
    await reader.done();
    return judgeLog(world, reader.ids());
  });

const eachOnce = 'every event arrives, once, in order';

const lineRows: readonly FaultRow[] = [
  { fault: 'none', promise: eachOnce, ...liveWith({}) },
  { fault: '`lose: 0.3`', promise: eachOnce, ...liveWith({ lose: 0.3 }) },
  { fault: '`repeat: 0.3`', promise: eachOnce, ...liveWith({ repeat: 0.3 }) },
  { fault: '`swap: 0.3`', promise: eachOnce, ...liveWith({ swap: 0.3 }) },
  { fault: '`delayMs: 30`', promise: eachOnce, ...liveWith({ delayMs: 30 }) },
  { fault: '`holes: 0.3`', promise: eachOnce, ...liveWith({ holes: 0.3 }) },
  {
    fault: '`pushDelayAfterOpenMs`',
    promise: eachOnce,
    ...liveWith({ pushDelayAfterOpenMs: 600_000 }),
  },
  {
    fault: 'the line is cut',
    promise: eachOnce,
    ...logStory(async (world, reader) => {
      publish(world, 5);
      await reader.done();
      world.server.dropSockets();
      publish(world, 5);
      await socketsOpen(world, 1);
      publish(world, 5);
      await reader.done();
      return judgeLog(world, reader.ids());
    }),
  },
  {
    fault: 'the server restarts',
    promise: 'the line comes back by itself',
    ...logStory(async (world, reader) => {
      await world.server.restart();
      await socketsOpen(world, 1);
      publish(world, 5);
      await reader.done();
      return { kept: true, measured: '' };
    }),
  },
  {
    fault: '`refuseSockets: 500`',
    promise: 'the line comes back by itself',
    ...logStory(async (world, reader) => {
      world.server.setFaults({ refuseSockets: 500 });
      world.server.dropSockets();
      await answeredTimes(world, 'GET socket 500', 1);
      world.server.setFaults({});
      await socketsOpen(world, 1);
      publish(world, 5);
      await reader.done();
      return { kept: true, measured: '' };
    }),
  },
  {
    fault: '`halfOpen`',
    promise: 'what is sent meanwhile arrives meanwhile',
    vendor: withVendor(async (world) => {
      const reader = vendorReader(world);
      world.server.setFaults({ halfOpen: true });
      publish(world, 20);
      // Nothing on the page will happen by itself any more but an echo a minute, which no answer is expected to.
      await world.device.page.quiet();
      const isClosed = world.device.others.some(([name]) => name === 'WebsocketClosed');
      const { kept, measured } = judgeLog(world, reader.ids());
      return { kept, measured: isClosed ? measured : `${measured}, and the line looks open` };
    }),
    ours: withOurs(async (world) => {
      const reader = ourReader(world);
      world.server.setFaults({ halfOpen: true });
      publish(world, 20);
      await reader.done();
      return judgeLog(world, reader.ids());
    }),
  },
];

/** What an app has to write with the vendor's SDK, as its own chat layer does: until a page is not full. */
const readAll = async ({ garden, device }: VendorWorld, limit: number): Promise<readonly number[]> => {
  const { appMessaging } = device.foundation.services;
  const ids: number[] = [];
  for (;;) {
    const page = await appMessaging.getConversationEvents(garden, (ids.at(-1) ?? -1) + 1, limit);
    ids.push(...page.map(({ conversationEventId }) => conversationEventId));
    if (page.length < limit) return ids;
  }
};

const statusOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'statusCode' in error
    ? String(error.statusCode)
    : 'no status';

const historyWith = (faults: Faults): Pick<FaultRow, 'vendor' | 'ours'> => ({
  vendor: withVendor(async (world) => {
    publish(world, 25);
    world.server.setFaults(faults);
    return readAll(world, 10).then(
      (ids) => judgeLog(world, ids),
      (error: unknown) => ({
        kept: false,
        measured: `the call fails with ${statusOf(error)}`,
      }),
    );
  }),
  ours: withOurs(async (world) => {
    publish(world, 25);
    world.server.setFaults(faults);
    const reader = ourReader(world);
    await reader.done();
    return judgeLog(world, reader.ids());
  }),
});

/** Five that arrive, and one while the line is down: with this seed, history shows it 1.2 s later. */
const missOneThatLags = async (world: VendorWorld | OurWorld, reader: Reader): Promise<void> => {
  publish(world, 5);
  await reader.done();
  world.server.setFaults({ historyLagMs: 100_000 });
  world.server.dropSockets();
  publish(world, 1);
};

const bothPages = 'messages are paged back to the first one';

/** Ten messages, then a status for each of them: two pages of ten. */
const pagesWithout = (omit: NonNullable<Faults['omit']>): Pick<FaultRow, 'vendor' | 'ours'> => ({
  vendor: withVendor(async (world) => {
    tellTwoPages(world);
    world.server.setFaults({ omit });
    const { appMessaging } = world.device.foundation.services;
    const newest = await appMessaging.getMessages(world.garden, 10);
    return appMessaging.getMessages(world.garden, 10, newest.continuationToken).then(
      (older) => judgePages([newest, older]),
      () => judgePages([newest]),
    );
  }),
  ours: withOurs(async (world) => {
    tellTwoPages(world);
    world.server.setFaults({ omit });
    const newest = await firstValueFrom(world.client.rest.listMessages(world.garden, { limit: 10 }));
    const from = (newest.earliestEventId ?? 0) - 1;
    const older = await firstValueFrom(world.client.rest.listMessages(world.garden, { from, limit: 10 }));
    return judgePages([newest, older]);
  }),
});

const tellTwoPages = ({ server, garden }: VendorWorld | OurWorld): void => {
  const sent = Array.from({ length: 10 }, () => server.publish(garden, { from: 'bob', text: 'A rose.' }));
  for (const { messageId } of sent) server.setStatus(garden, messageId, 'ann', 'read');
};

const judgePages = (pages: readonly { readonly messages: readonly unknown[] }[]): Outcome => {
  const count = pages.flatMap(({ messages }) => messages).length;
  return { kept: count === 10, measured: `${count} of 10 messages` };
};

const wholeHistory = 'history is read to its end';

const historyRows: readonly FaultRow[] = [
  { fault: '`maxPageSize: 4`', promise: wholeHistory, ...historyWith({ maxPageSize: 4 }) },
  { fault: '`shortPages: 0.5`', promise: wholeHistory, ...historyWith({ shortPages: 0.5 }) },
  {
    fault: '`answer: 503`, twice',
    promise: wholeHistory,
    ...historyWith({ answer: { status: 503, times: 2, path: /events$/ } }),
  },
  {
    fault: '`historyLagMs`',
    promise: 'what a cut line missed is caught up with',
    vendor: withVendor(async (world) => {
      const reader = vendorReader(world);
      await missOneThatLags(world, reader);
      await socketsOpen(world, 1);
      return judgeLog(world, [...new Set([...reader.ids(), ...(await readAll(world, 10))])]);
    }),
    ours: withOurs(async (world) => {
      const reader = ourReader(world);
      await missOneThatLags(world, reader);
      await reader.done();
      return judgeLog(world, reader.ids());
    }),
  },
  { fault: "`omit: ['sentEventId']`", promise: bothPages, ...pagesWithout(['sentEventId']) },
  { fault: "`omit: ['statusUpdates']`", promise: bothPages, ...pagesWithout(['statusUpdates']) },
];

const namesWith = (omit: NonNullable<Faults['omit']>): Pick<FaultRow, 'vendor' | 'ours'> => ({
  vendor: withVendor(async (world) => {
    const { server, device } = world;
    server.setFaults({ omit });
    await nineEvents(world);
    await vendorHeardAll(server, device);
    return judgeNames(device.told.map(([name]) => name));
  }),
  ours: withOurs(async (world) => {
    const { server, client } = world;
    const types: string[] = [];
    client.events$.subscribe(({ type }) => types.push(type));
    const heardAll = firstValueFrom(client.unknownEvents$);
    server.setFaults({ omit });
    await nineEvents(world);
    server.push('ann', JSON.stringify({ name: 'a.fence' }));
    await heardAll;
    return judgeNames(types);
  }),
});

const damagedFrames = [
  ...['no JSON', 'null', '[]', '{}', '{"name":7}'],
  ...['{"name":"conversation.delete"}', '{"name":"conversationMessage.sent","payload":{}}'],
];

const frameRows: readonly FaultRow[] = [
  { fault: "`omit: ['context']`", promise: 'every kind of event is reported', ...namesWith(['context']) },
  {
    fault: "`omit: ['publishedOn', 'etag']`",
    promise: 'every kind of event is reported',
    ...namesWith(['publishedOn', 'etag']),
  },
  {
    fault: 'frames that make no sense',
    promise: 'each is reported to the app, and nothing is thrown',
    vendor: withVendor(async ({ server, device }) => {
      const before = device.others.length;
      damagedFrames.forEach((frame) => server.push('ann', frame));
      await vendorHeardAll(server, device);
      const reported = device.others.length - before - 1;
      const thrown = device.page.errors.length;
      return {
        kept: thrown === 0 && reported === damagedFrames.length,
        measured: `${reported} of ${damagedFrames.length} reported, ${thrown} exceptions`,
      };
    }),
    ours: withOurs(async ({ server, client }) => {
      const errors: unknown[] = [];
      client.decodeErrors$.subscribe((error) => errors.push(error));
      const heardAll = firstValueFrom(client.unknownEvents$);
      damagedFrames.forEach((frame) => server.push('ann', frame));
      server.push('ann', JSON.stringify({ name: 'a.fence' }));
      await heardAll;
      const count = damagedFrames.length;
      return { kept: errors.length === count, measured: `${errors.length} of ${count} reported` };
    }),
  },
  {
    fault: 'a handler throws',
    promise: 'the next handler is called all the same',
    vendor: withVendor(async ({ server, garden, device }) => {
      const calls: unknown[] = [];
      device.foundation.off('participantTyping');
      device.foundation.on('participantTyping', () => {
        throw new Error('a mistake of the app');
      });
      device.foundation.on('participantTyping', (data: unknown) => calls.push(data));
      server.setTyping(garden, 'bob', true);
      await vendorHeardAll(server, device);
      return { kept: calls.length === 1, measured: calls.length === 1 ? '' : 'it is not called' };
    }),
    ours: withOurs(async ({ server, garden, client }) => {
      const calls: unknown[] = [];
      client.on('participantTyping', () => {
        throw new Error('a mistake of the app');
      });
      client.on('participantTyping', (data) => calls.push(data));
      const failed = firstValueFrom(client.handlerErrors$);
      const heardAll = firstValueFrom(client.unknownEvents$);
      server.setTyping(garden, 'bob', true);
      server.push('ann', JSON.stringify({ name: 'a.fence' }));
      await Promise.all([failed, heardAll]);
      return { kept: calls.length === 1, measured: '' };
    }),
  },
];

const settledOf = (calls: readonly Promise<unknown>[]): (() => number) => {
  let settled = 0;
  const count = (): void => void (settled += 1);
  calls.forEach((call) => void call.then(count, count));
  return () => settled;
};

const parallel = 3;
const judgeCalls = (settled: number): Outcome => ({
  kept: settled === parallel,
  measured: `${settled} of ${parallel} calls ever answered`,
});
const judgeLogins = (logins: number): Outcome => ({
  kept: logins === 1,
  measured: `${logins} ${logins === 1 ? 'login' : 'logins'}`,
});

const sessionRows: readonly FaultRow[] = [
  {
    fault: `\`answer: 401\` to ${parallel} calls at once`,
    promise: 'each call is answered',
    vendor: withVendor(async ({ server, device }) => {
      const { appMessaging } = device.foundation.services;
      const callAll = (): readonly Promise<unknown>[] =>
        Array.from({ length: parallel }, () => appMessaging.getConversations());
      // Each call has a connection from now on, so that the answers come together.
      await Promise.all(callAll());
      server.setFaults({ answer: { status: 401, times: parallel, path: /conversations$/ } });
      const settled = settledOf(callAll());
      // Nothing is under way any more: what has not been answered by now never will be.
      await device.page.quiet();
      return judgeCalls(settled());
    }),
    ours: withOurs(async ({ server, client }) => {
      server.setFaults({ answer: { status: 401, times: parallel, path: /conversations$/ } });
      const calls = Array.from({ length: parallel }, () => firstValueFrom(client.rest.listConversations()));
      const settled = settledOf(calls);
      await Promise.all(calls);
      return judgeCalls(settled());
    }),
  },
  {
    fault: `${parallel} calls before the login`,
    promise: 'there is one login',
    vendor: withVendor(async (world) => {
      const { foundation, page } = await openVendorDevice(world.server, 'bob');
      const before = answered(world, 'POST sessions 200');
      const { profile } = foundation.services;
      await Promise.all(Array.from({ length: parallel }, () => profile.queryProfiles()));
      await page.quiet();
      page.close();
      return judgeLogins(answered(world, 'POST sessions 200') - before);
    }),
    ours: withOurs(async (world) => {
      await firstValueFrom(world.client.endSession(), { defaultValue: undefined });
      const before = answered(world, 'POST sessions 200');
      await Promise.all(
        Array.from({ length: parallel }, () => firstValueFrom(world.client.rest.queryProfiles())),
      );
      return judgeLogins(answered(world, 'POST sessions 200') - before);
    }),
  },
  {
    fault: 'the token is revoked',
    promise: 'the line comes back, with a new login',
    vendor: withVendor(async (world) => {
      world.server.revokeTokens('ann');
      await answeredTimes(world, 'GET socket 401', 5);
      const logins = answered(world, 'POST sessions 200');
      const isBack = world.server.socketCount > 0;
      return { kept: isBack, measured: `5 refused handshakes in a row, ${logins - 1} new logins` };
    }),
    ours: withOurs(async (world) => {
      world.server.revokeTokens('ann');
      await socketsOpen(world, 1);
      return { kept: true, measured: '' };
    }),
  },
  {
    fault: 'the session is ended while the line is down',
    promise: 'it stays ended',
    vendor: withVendor(async (world) => {
      const { server, device } = world;
      server.setFaults({ refuseSockets: 500 });
      server.dropSockets();
      await answeredTimes(world, 'GET socket 500', 3);
      await device.foundation.endSession();
      // A page that had let go would be quiet now; this one still has plans.
      const again = answeredTimes(world, 'POST sessions 200', 2).then(
        () => true,
        () => false,
      );
      const isBack = await Promise.race([again, device.page.quiet().then(() => false)]);
      return { kept: !isBack, measured: isBack ? 'it logs in again' : '' };
    }),
    ours: withOurs(async (world) => {
      const { server, client } = world;
      server.setFaults({ refuseSockets: 500 });
      server.dropSockets();
      await answeredTimes(world, 'GET socket 500', 1);
      await lastValueFrom(client.endSession(), { defaultValue: undefined });
      await until(client.status$, ({ state }) => state === 'idle');
      // Five times as long as the longest pause before a reconnect.
      const logins$ = timer(0, 50).pipe(
        takeWhile((tick) => tick < 10),
        reduce((most) => Math.max(most, answered(world, 'POST sessions 200')), 0),
      );
      const logins = await lastValueFrom(logins$);
      return { kept: logins === 1, measured: '' };
    }),
  },
  {
    fault: "somebody else's profile changes",
    promise: 'my own can still be updated',
    vendor: withVendor(async ({ server, device }) => {
      const { profile } = device.foundation.services;
      await profile.updateMyProfile({ name: 'Ann' });
      server.updateProfile('bob', { name: 'Bob' });
      await vendorHeardAll(server, device);
      return profile.updateMyProfile({ name: 'Anna' }).then(
        () => ({ kept: true, measured: '' }),
        (error: unknown) => ({
          kept: false,
          measured: `it fails with ${statusOf(error)}: the tag of the other's is sent`,
        }),
      );
    }),
    ours: withOurs(async ({ server, client }) => {
      const { etag } = await firstValueFrom(client.rest.updateProfile('ann', { name: 'Ann' }));
      server.updateProfile('bob', { name: 'Bob' });
      await firstValueFrom(
        client.rest.updateProfile('ann', { name: 'Anna' }, etag === undefined ? {} : { etag }),
      );
      return { kept: true, measured: '' };
    }),
  },
];

/** Everything that is measured, from the line up to the session. */
export const faultRows: readonly FaultRow[] = [...lineRows, ...frameRows, ...historyRows, ...sessionRows];

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import type { Client } from '../../lib/client/Client.js';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { localClient } from '../journey/localClient.js';
import { until } from '../journey/until.js';
import { EVENT_NAMES, plain, startVendorDevice, type Told, type VendorDevice } from './vendorDevice.js';

// @comapi/sdk-js-foundation 1.3.0 as it comes from the registry, against the local server.

const full = { canSend: true, canAddParticipants: true, canRemoveParticipants: true };
const roles = { owner: full, participant: { ...full, canRemoveParticipants: false } };

let server: LocalServer;
let ann: VendorDevice;
beforeEach(async () => {
  server = await startServer({ apiSpaceId: 'space with a blank' });
  ann = await startVendorDevice(server, 'ann');
});
afterEach(async () => {
  ann.page.close();
  await server.close();
  expect(ann.page.errors).toEqual([]);
});

const statusOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'resolved',
    (error: unknown) => (error as { readonly statusCode?: number }).statusCode,
  );

describe("the vendor's SDK", () => {
  it('logs in, asks for its session once, and ends it', async () => {
    expect(ann.foundation.session).toMatchObject({
      profileId: 'ann',
      platform: 'javascript',
      isActive: true,
    });
    expect(server.socketCount).toBe(1);

    expect(await ann.foundation.endSession()).toBe(true);
    expect(server.socketCount).toBe(0);
    expect(server.requests.map(({ method, path, status }) => [method, path.split('/')[3], status])).toEqual([
      ['GET', 'sessions', 200],
      ['POST', 'sessions', 200],
      ['GET', 'socket', 101],
      ['DELETE', 'sessions', 204],
    ]);
  });

  it('creates, reads, lists, updates and deletes a conversation', async () => {
    const { appMessaging } = ann.foundation.services;
    const details = { id: 'a/garden with ÄÖ', name: 'Garden', description: 'Roses', roles, isPublic: false };

    const created = await appMessaging.createConversation(details);
    expect(plain(created)).toMatchObject(details);
    expect(plain(await appMessaging.getConversation(details.id))).toEqual(plain(created));
    expect(await statusOf(appMessaging.createConversation(details))).toBe(409);

    const updated = await appMessaging.updateConversation({ ...details, name: 'Pond' }, created._etag);
    expect(updated._etag).not.toBe(created._etag);
    expect(await statusOf(appMessaging.updateConversation(details, created._etag))).toBe(412);
    const [listed] = await appMessaging.getConversations();
    expect(plain(listed)).toMatchObject({
      ...details,
      name: 'Pond',
      _etag: updated._etag,
      participantCount: 1,
    });
    const { participant } = ann.page.sdk.ConversationScope;
    expect(await appMessaging.getConversations(participant, 'ann')).toHaveLength(1);

    await appMessaging.deleteConversation(details.id);
    expect(await statusOf(appMessaging.getConversation(details.id))).toBe(404);
  });

  it('adds and removes people', async () => {
    const { appMessaging } = ann.foundation.services;
    const garden = server.createConversation({ participants: ['ann'] });

    await appMessaging.addParticipantsToConversation(garden, [
      { id: 'bob', role: 'participant' },
      { id: 'cat & dog' },
    ]);
    expect(plain(await appMessaging.getParticipantsInConversation(garden))).toEqual([
      { id: 'ann', role: 'owner' },
      { id: 'bob', role: 'participant' },
      { id: 'cat & dog', role: 'participant' },
    ]);

    // It does not encode ids in queries, so this one is not among those it can remove.
    await appMessaging.deleteParticipantsFromConversation(garden, ['bob']);
    expect(await appMessaging.getParticipantsInConversation(garden)).toHaveLength(2);
  });

  it('types, at most once in ten seconds', async () => {
    const { appMessaging } = ann.foundation.services;
    const garden = server.createConversation({ participants: ['ann'] });

    expect(await appMessaging.sendIsTyping(garden)).toBe(true);
    expect(await appMessaging.sendIsTyping(garden)).toBe(false);
    expect(await appMessaging.sendIsTypingOff(garden)).toBe(true);
    await ann.until(() => ann.told.some(([name]) => name === 'participantTypingOff'));
    expect(ann.told.map(([name]) => name)).toEqual([
      'participantAdded',
      'participantTyping',
      'participantTypingOff',
    ]);
  });

  it('sends, marks as read, and queries the events of both', async () => {
    const { appMessaging } = ann.foundation.services;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const message = new ann.page.sdk.MessageBuilder()
      .withText('The roses are out.')
      .withMetadata({ bed: 7 })
      .withPush('Roses!');

    const sent = await appMessaging.sendMessageToConversation(garden, message);
    expect(sent.eventId).toBe(0);
    const read = new ann.page.sdk.MessageStatusBuilder().readStatusUpdates([sent.id]);
    expect(await appMessaging.sendMessageStatusUpdates(garden, [read])).toBe('OK');

    const events = await appMessaging.getConversationEvents(garden, 0, 10);
    const known = events.map(({ eventId, name, conversationId, conversationEventId, payload }) => ({
      eventId,
      name,
      conversationId,
      conversationEventId,
      payload,
    }));
    expect(plain(known)).toEqual(server.events(garden));
    expect(plain(known[0]?.payload)).toMatchObject({
      metadata: { bed: 7 },
      parts: [{ data: 'The roses are out.' }],
    });
    expect(await appMessaging.getConversationEvents(garden, 2, 10)).toEqual([]);
  });

  it('pages messages backwards to the first one, with the statuses of all', async () => {
    const { appMessaging } = ann.foundation.services;
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const ids = Array.from({ length: 7 }, (_, index) =>
      server.publish(garden, { from: 'bob', text: `message ${index}` }),
    ).map(({ messageId }) => messageId);
    for (const id of ids) server.setStatus(garden, id, 'ann', 'read');

    const messages: unknown[] = [];
    let page = await appMessaging.getMessages(garden, 5);
    for (
      ;
      (page.continuationToken ?? -1) > 0;
      page = await appMessaging.getMessages(garden, 5, page.continuationToken)
    )
      messages.push(...page.messages);
    messages.push(...page.messages);

    expect(plain(messages)).toMatchObject(
      [...ids].reverse().map((id) => ({ id, statusUpdates: { ann: { status: 'read' } } })),
    );
    // Nothing was left to mark, so nothing was.
    expect(server.events(garden)).toHaveLength(14);
  });

  it('marks what it pages as delivered', async () => {
    const garden = server.createConversation({ participants: ['ann', 'bob'] });
    const { messageId } = server.publish(garden, { from: 'bob', text: 'Has anybody seen the cat?' });

    await ann.foundation.services.appMessaging.getMessages(garden, 10);
    expect(server.events(garden).at(-1)).toMatchObject({
      name: 'conversationMessage.delivered',
      payload: { messageId, profileId: 'ann' },
    });
  });

  it('reads, replaces, patches and finds profiles', async () => {
    const { profile } = ann.foundation.services;
    server.updateProfile('bob', { name: 'Bob', age: 7 });

    await profile.updateMyProfile({ name: 'Ann' });
    await profile.patchMyProfile({ hat: 'straw' });
    expect(plain(await profile.getMyProfile())).toEqual({ id: 'ann', name: 'Ann', hat: 'straw' });
    expect(await statusOf(profile.updateProfile('ann', { name: 'Anna' }, '"stale"'))).toBe(412);
    const { response } = (await profile.queryProfiles('name=^B')) as { readonly response: unknown };
    expect(plain(response)).toEqual([{ id: 'bob', name: 'Bob', age: 7 }]);
    expect(await statusOf(profile.getProfile('nobody'))).toBe(404);
  });

  it('uploads content, and says where to push', async () => {
    const content = ann.page.sdk.ContentData.createFromBase64(btoa('a rose'), 'rose.txt', 'text/plain');
    const { url, size } = await ann.foundation.services.appMessaging.uploadContent(content, 'flowers');

    expect(size).toBe(6);
    expect(await (await fetch(url)).text()).toBe('a rose');
    expect(await ann.foundation.device.setFCMPushDetails('com.example', 'registration')).toBe(true);
    expect(await ann.foundation.device.removePushDetails()).toBe(true);
    expect(await statusOf(ann.foundation.channels.createFbOptInState({}))).toBe('resolved');
  });

  it('comes back after a drop', async () => {
    const openings = (): number => ann.others.filter(([name]) => name === 'WebsocketOpened').length;
    server.dropSockets();
    await ann.until(() => openings() === 2);

    expect(ann.others.map(([name]) => name).filter((name) => name.startsWith('Websocket'))).toEqual([
      'WebsocketOpened',
      'WebsocketClosed',
      'WebsocketOpened',
    ]);
  });
});

describe('side by side', () => {
  let client: Client;
  let told: Told[];
  beforeEach(async () => {
    client = localClient(server, 'ann');
    told = [];
    for (const name of EVENT_NAMES) client.on(name, (data: unknown) => told.push([name, plain(data)]));
    await until(client.status$, ({ state }) => state === 'connected');
  });
  afterEach(() => client.close());

  /** Both have heard of everything by now. */
  const bothHeardAll = async (): Promise<void> => {
    const fence = { name: 'a.fence' };
    const seen = firstValueFrom(client.unknownEvents$);
    server.push('ann', JSON.stringify(fence));
    await seen;
    await ann.until(() => ann.others.some(([, data]) => (data as { name?: unknown }).name === fence.name));
  };

  it('both report the nine events in the same order, and the same field for field', async () => {
    const { appMessaging, profile } = ann.foundation.services;
    const details = { id: 'garden', name: 'Garden', roles, isPublic: true };
    const message = new ann.page.sdk.MessageBuilder().withText('The roses are out.').withPush('Roses!');

    // Some by the vendor's hand, some by ours, and some by others.
    const { _etag } = await appMessaging.createConversation(details);
    await appMessaging.updateConversation({ ...details, description: 'Behind the house' }, _etag);
    await firstValueFrom(client.rest.addParticipants('garden', [{ id: 'bob' }]));
    await appMessaging.sendIsTyping('garden');
    await appMessaging.sendIsTypingOff('garden');
    const { id } = await appMessaging.sendMessageToConversation('garden', message);
    await firstValueFrom(client.rest.sendMessage('garden', 'So are the lilies.'));
    server.setTyping('garden', 'bob', true);
    server.setStatus('garden', id, 'bob', 'delivered');
    server.setStatus('garden', id, 'bob', 'read');
    await profile.updateMyProfile({ name: 'Ann' });
    server.updateProfile('bob', { name: 'Bob' });
    server.removeParticipant('garden', 'bob');
    await appMessaging.deleteConversation('garden');
    server.undeleteConversation('garden');
    await bothHeardAll();

    expect(ann.told).toEqual(told);
    expect(new Set(told.map(([name]) => name))).toEqual(new Set(EVENT_NAMES));
    expect(told).toHaveLength(15);
  });

  it('both report other names as they came, under a name of their own', async () => {
    const frames = [
      { name: 'conversation.create', payload: {} },
      { name: 'conversationMessage.delete', payload: { messageId: 'm' }, conversationEventId: 3 },
    ];
    const ours: unknown[] = [];
    client.unknownEvents$.subscribe(({ frame }) => ours.push(frame));
    for (const frame of frames) server.push('ann', JSON.stringify(frame));
    await bothHeardAll();

    const theirs = ann.others.filter(([name]) => name === 'webSocketEvent').map(([, data]) => data);
    expect(theirs.slice(1, 3)).toEqual(frames);
    expect(ours.slice(0, 2)).toEqual(frames);
  });

  it("differ where the vendor's SDK reads one spelling of the tag, and ours both", async () => {
    const context = { createdBy: 'bob' };
    const update = { name: 'conversation.update', conversationId: 'c', payload: { id: 'c' }, context };
    const profile = { name: 'profile.update', payload: { id: 'bob' }, context };
    server.push('ann', JSON.stringify({ ...update, eTag: '"1"' }));
    server.push('ann', JSON.stringify({ ...profile, etag: '"2"' }));
    await bothHeardAll();

    expect(told).toEqual([
      ['conversationUpdated', { conversationId: 'c', createdBy: 'bob', eTag: '"1"' }],
      ['profileUpdated', { eTag: '"2"', profile: { id: 'bob' } }],
    ]);
    expect(ann.told).toEqual([
      ['conversationUpdated', { conversationId: 'c', createdBy: 'bob' }],
      ['profileUpdated', { profile: { id: 'bob' } }],
    ]);
  });
});

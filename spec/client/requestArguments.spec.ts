import { describe, expect, it } from '@jest/globals';
import type { Rest } from '../../lib/rest/Rest.js';
import { clientWorld } from '../support/clientWorld.js';
import { watch } from '../support/watch.js';

/** It holds itself. */
const circular: Record<string, unknown> = {};
circular['again'] = circular;

/** As a caller without types would give them. */
const given = (value?: unknown): never => value as never;

const calls: readonly (readonly [string, (rest: Rest) => unknown])[] = [
  ['no message', (rest) => rest.sendMessage('c', given())],
  ['a message that is a number', (rest) => rest.sendMessage('c', given(5))],
  ['a message without parts', (rest) => rest.sendMessage('c', given({}))],
  ['a message that holds itself', (rest) => rest.sendMessage('c', { parts: [], metadata: circular })],
  ['a message with a BigInt', (rest) => rest.sendMessage('c', { parts: [], alert: 1n })],
  ['a scope that is a number', (rest) => rest.listConversations({ scope: given(5) })],
  ['options of null', (rest) => rest.listConversations(given(null))],
  ['no conversation', (rest) => rest.createConversation(given())],
  ['participants that are names', (rest) => rest.createConversation({ id: 'c', participants: given(['a']) })],
  [
    'a conversation that holds itself',
    (rest) => rest.createConversation({ id: 'c', roles: given(circular) }),
  ],
  ['no changes', (rest) => rest.updateConversation('c', given())],
  ['an etag that is a number', (rest) => rest.deleteConversation('c', { etag: given(5) })],
  ['participants that are a text', (rest) => rest.addParticipants('c', given('abc'))],
  ['a participant without an id', (rest) => rest.addParticipants('c', [given({ role: 'owner' })])],
  ['a participant with an empty id', (rest) => rest.addParticipants('c', [{ id: '' }])],
  ['people that are a text', (rest) => rest.removeParticipants('c', given('abc'))],
  ['people that are numbers', (rest) => rest.removeParticipants('c', [given(5)])],
  ['no updates', (rest) => rest.updateStatuses('c', given())],
  ['an update of nothing', (rest) => rest.updateStatuses('c', [given({})])],
  [
    'a status that there is not',
    (rest) => rest.updateStatuses('c', [{ messageIds: [], status: given('seen') }]),
  ],
  ['a range that is a number', (rest) => rest.listMessages('c', given(5))],
  ['no range', (rest) => rest.listEvents('c', given())],
  ['a range without a beginning', (rest) => rest.listEvents('c', given({}))],
  ['a query of null', (rest) => rest.queryProfiles(given(null))],
  ['no profile', (rest) => rest.updateProfile('p', given())],
  ['a profile of null', (rest) => rest.updateProfile('p', given(null))],
  ['a profile that holds itself', (rest) => rest.updateProfile('p', circular)],
  ['a patch with a BigInt', (rest) => rest.patchProfile('p', { size: 1n })],
  ['no content', (rest) => rest.uploadContent(given())],
  ['content that is a number', (rest) => rest.uploadContent({ data: given(5), name: 'n', type: 't' })],
  ['content without a name', (rest) => rest.uploadContent(given({ data: 'x', type: 't' }))],
  [
    'a folder that is a number',
    (rest) => rest.uploadContent({ data: '', name: '', type: '' }, given({ folder: 5 })),
  ],
  ['no push', (rest) => rest.registerPush(given())],
  ['a push that holds itself', (rest) => rest.registerPush(circular)],
];

describe('requests', () => {
  it.each(calls)('refuse %s at the call, with a sentence', (_what, call) => {
    const { rest } = clientWorld().client;

    expect(() => call(rest)).toThrow(TypeError);
    expect(() => call(rest)).toThrow(/^\w+ must be .*\.$/);
  });

  it('refuse an id that is none, as everywhere', () => {
    const { rest } = clientWorld().client;

    expect(() => rest.getProfile(given(5))).toThrow(TypeError);
    expect(() => rest.addParticipants('', [])).toThrow(RangeError);
    expect(() => rest.createConversation(given({}))).toThrow(TypeError);
  });

  it('take what there is to take, and leave the rest to the server', async () => {
    const world = clientWorld();
    const { rest } = world.client;

    const sent = [
      rest.sendMessage('c', { parts: [], metadata: { left: undefined } }),
      rest.createConversation({ id: 'c', name: given(5) }),
      rest.updateProfile('p', {}, {}),
      rest.uploadContent({ data: new Blob(['x']), name: 'n', type: 't' }),
      rest.updateStatuses('c', [{ messageIds: ['m'], status: 'read' }]),
    ].map((request$) => watch<unknown>(request$));
    await world.time.advance(100);

    expect(sent.map(({ end }) => end)).not.toContain(undefined);
    expect(world.backend.requests).toHaveLength(sent.length);
  });
});

describe('sending', () => {
  it.each([
    ['holds itself', circular],
    ['holds a BigInt', { size: 1n }],
  ])('refuses a message that %s at the call, and shows none', (_what, metadata) => {
    const world = clientWorld();
    const garden = world.client.conversation('garden');
    const timeline = watch(garden.timeline());

    expect(() => garden.send({ parts: [], metadata })).toThrow(/^message must be .*\.$/);
    expect(timeline.values.at(-1)?.messages).toEqual([]);
  });
});

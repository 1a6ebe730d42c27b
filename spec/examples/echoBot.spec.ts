import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { startServer } from '../../lib/server/startServer.js';
import { addressOf, example, type Example } from './example.js';

describe('the echo bot of the docs', () => {
  const start = example('docs/examples/echo-bot/echo-bot.mjs');
  let server: LocalServer;
  let home = '';
  let bot: Example | undefined;

  beforeEach(async () => {
    server = await startServer({ seed: 3 });
    home = await mkdtemp(path.join(tmpdir(), 'comapi-rx-bot-'));
  });
  afterEach(async () => {
    await bot?.kill();
    await server.close();
    await rm(home, { recursive: true });
  });

  const begin = (): Example => start({ ...addressOf(server, 'bot'), COMAPI_BOT: 'bot', CURSORS: home });
  const textsOf = (id: string): readonly unknown[] =>
    server
      .events(id)
      .flatMap((event) =>
        event.name === 'conversationMessage.sent' ? [event.payload.parts?.[0]?.data] : [],
      );
  /** Looks until the conversation has so many messages. */
  const said = async (id: string, count: number): Promise<void> => {
    while (textsOf(id).length < count) await wait(20);
  };
  /** The bot is up once it has asked where the conversation ends, and the line is open. */
  const ready = async (): Promise<void> => {
    while (server.socketCount === 0 || !server.requests.some((request) => request.path.endsWith('/events'))) {
      await wait(20);
    }
  };

  it('answers others from when it was started, also what was said while it was away, and never itself', async () => {
    const garden = server.createConversation({ participants: ['bot', 'bob'] });
    server.publish(garden, { from: 'bob', text: 'before its time' });
    bot = begin();
    await ready();

    server.publish(garden, { from: 'bob', text: 'hello' });
    await said(garden, 3);
    expect(await bot.stop()).toBe(0);
    server.publish(garden, { from: 'bob', text: 'still there?' });
    bot = begin();
    await said(garden, 5);
    server.publish(garden, { from: 'bob', text: 'good' });
    await said(garden, 7);

    expect(await bot.stop()).toBe(0);
    expect(textsOf(garden)).toEqual([
      'before its time',
      ...['hello', 'You said: hello'],
      ...['still there?', 'You said: still there?'],
      ...['good', 'You said: good'],
    ]);
  });
});

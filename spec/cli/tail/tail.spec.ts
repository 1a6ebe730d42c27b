import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../lib/cli/runCommand.js';
import type { LocalServer } from '../../../lib/server/LocalServer.js';
import { startServer } from '../../../lib/server/startServer.js';
import { fakeTerminal } from '../fakeTerminal.js';

const untilWritten = async (terminal: ReturnType<typeof fakeTerminal>, text: string): Promise<void> => {
  while (!`${terminal.out()}${terminal.err()}`.includes(text)) await once(terminal, 'written');
};

describe('comapi-rx tail', () => {
  let server: LocalServer;
  let garden: string;
  beforeEach(async () => {
    server = await startServer();
    garden = server.createConversation({ participants: ['ann', 'bob'] });
    for (const text of ['zero', 'one', 'two \u001b[31m']) server.publish(garden, { from: 'bob', text });
  });
  afterEach(() => server.close());

  const args = (...more: readonly string[]): readonly string[] => [
    ...['tail', garden, '--url', server.urlBase, '--ws', server.webSocketBase, '--space', server.apiSpaceId],
    ...more,
  ];

  it('prints what there is, follows what comes, over a cut line, until it is interrupted', async () => {
    const terminal = fakeTerminal({ COMAPI_TOKEN: server.issueToken('ann') });
    const code = runCommand(args(), terminal);
    await untilWritten(terminal, 'live at 2');
    server.dropSockets();
    await untilWritten(terminal, 'stale at 2');
    server.publish(garden, { from: 'bob', text: 'three' });
    await untilWritten(terminal, 'three');
    terminal.emit('SIGINT');

    expect(await code).toBe(0);
    expect(terminal.out()).toBe(
      '    0  bob   zero\n    1  bob   one\n    2  bob   two \\u{1b}[31m\n    3  bob   three\n',
    );
    expect(terminal.listenerCount('SIGINT')).toBe(0);
    expect(server.socketCount).toBe(0);
  });

  it('prints JSON lines after a given id', async () => {
    const terminal = fakeTerminal();
    const code = runCommand(args('--token', server.issueToken('ann'), '--after', '1', '--json'), terminal);
    await untilWritten(terminal, 'two');
    terminal.emit('SIGTERM');

    expect(await code).toBe(0);
    expect(JSON.parse(terminal.out())).toMatchObject({ conversationEventId: 2 });
  });

  it('fails for good, and without a word of the token, when the token is refused', async () => {
    const terminal = fakeTerminal();
    const code = await runCommand(args('--token', 'SECRET-CANARY'), terminal);

    expect(code).toBe(1);
    expect(terminal.err()).toMatch(/^comapi-rx: /m);
    expect(terminal.out() + terminal.err()).not.toContain('SECRET-CANARY');
  });

  it.each([
    [['tail'], 'tail needs a conversation'],
    [['tail', 'c', '--token', 't'], 'tail needs --space'],
    [['tail', 'c', '--space', 's'], 'COMAPI_TOKEN'],
    [['tail', 'c', '--space', 's', '--token', 't', '--after', 'x'], '--after takes a whole number'],
    [['tail', 'c', 'd', '--space', 's', '--token', 't'], 'unexpected argument'],
    [['tail', 'c', '--space', 's', '--token', 't', '--url', 'http://example.com'], 'not encrypted'],
  ])('says in one line what is wrong with %j', async (args, sentence) => {
    const terminal = fakeTerminal();

    expect(await runCommand(args, terminal)).toBe(2);
    expect(terminal.err()).toContain(sentence);
    expect(terminal.err()).toMatch(/^[^\n]+\n$/);
  });
});

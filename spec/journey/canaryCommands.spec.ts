import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../lib/cli/runCommand.js';
import { fakeTerminal } from '../cli/fakeTerminal.js';
import { type Hostility, hostileServer } from '../support/hostileServer.js';
import { tracesOf } from '../support/tracesOf.js';
import { ALL, answerWith, SECRETS, TOKEN } from './canaryStories.js';

type Terminal = ReturnType<typeof fakeTerminal>;

const printed = (terminal: Terminal): string => `${terminal.out()}${terminal.err()}`;

const untilPrinted = async (terminal: Terminal, text: string): Promise<void> => {
  while (!printed(terminal).includes(text)) await once(terminal, 'written');
};

const traces = (terminal: Terminal): readonly string[] =>
  tracesOf(SECRETS, { stdout: terminal.out(), stderr: terminal.err() });

/** What each of them is, whoever signed it. */
const JWTS = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

describe('a token in the hands of tail', () => {
  const ways: readonly (readonly [string, readonly string[], Terminal['env']])[] = [
    ['a flag', ['--token', TOKEN], {}],
    ['the environment', [], { COMAPI_TOKEN: TOKEN }],
  ];
  /** What the server does, and after which words the user has seen enough; none: it ends by itself. */
  const stories: Readonly<Record<string, readonly [Hostility, string?]>> = {
    'all is well': [{}, 'live at'],
    'the token is refused': [{ shake: (_, socket) => socket.end(`HTTP/1.1 401 ${ALL}\r\n\r\n${ALL}`) }],
    'the handshake is refused': [{ shake: (_, socket) => socket.end(`HTTP/1.1 400 ${ALL}\r\n\r\n${ALL}`) }],
    'the line is closed for the token': [{ greet: (socket) => socket.close(4401, TOKEN.slice(0, 100)) }],
    'there is no such conversation': [answerWith(404)],
    'it is not for us': [answerWith(403)],
    'history fails': [answerWith(500), 'degraded at'],
    'history is nonsense': [{ answer: (_, response) => response.end(`{"${ALL}`) }, 'degraded at'],
  };
  const cases = Object.entries(stories).flatMap(([what, [hostility, enough]]) =>
    ways.map(([way, args, env]) => ({ what, hostility, enough, way, args, env })),
  );

  it.each(cases)('by $way is not printed when $what', async ({ hostility, enough, args, env }) => {
    const server = await hostileServer(TOKEN, hostility);
    const terminal = fakeTerminal(env);
    const { urlBase, webSocketBase } = server;
    const code = runCommand(
      ['tail', 'garden', '--space', 's', '--url', urlBase, '--ws', webSocketBase, ...args],
      terminal,
    );
    if (enough !== undefined) {
      await untilPrinted(terminal, enough);
      terminal.emit('SIGINT');
    }

    expect(await code).toBe(enough === undefined ? 1 : 0);
    expect(server.requests.some(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
    expect(printed(terminal)).not.toBe('');
    expect(traces(terminal)).toEqual([]);
    await server.close();
  });

  it.each<[string, readonly string[]]>([
    ['stands where nothing is expected', ['tail', 'garden', TOKEN, '--space', 's']],
    ['stands in an address', ['tail', 'garden', '--space', 's', '--token', TOKEN, '--url', `no:${TOKEN}`]],
    [
      'stands in a query',
      ['tail', 'garden', '--space', 's', '--token', 't', '--ws', `ws://host/?t=${TOKEN}`],
    ],
    ['belongs to a flag that does not exist', ['tail', 'garden', '--space', 's', `--tokken=${TOKEN}`]],
    ['is where a number should be', ['tail', 'garden', '--space', 's', '--token', 't', '--after', TOKEN]],
    ['is given to serve', ['serve', TOKEN]],
    ['is given to serve as a fault', ['serve', '--faults', TOKEN]],
    ['is given to demo', ['demo', TOKEN]],
    ['is a command', [TOKEN]],
  ])('is not printed when it %s', async (_, args) => {
    const terminal = fakeTerminal();

    expect(await runCommand(args, terminal)).toBe(2);
    expect(terminal.err()).toMatch(/^comapi-rx: [^\n]+\n$/);
    expect(traces(terminal)).toEqual([]);
  });
});

describe('a password in an address', () => {
  it('is not printed', async () => {
    const terminal = fakeTerminal();
    const url = `https://me:${TOKEN}@127.0.0.1:1`;

    expect(await runCommand(['tail', 'g', '--space', 's', '--token', 't', '--url', url], terminal)).toBe(1);
    expect(terminal.err()).toMatch(/^comapi-rx: [^\n]+\n$/m);
    expect(traces(terminal)).toEqual([]);
  });
});

describe('the tokens of the local server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'canary-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['for people', []],
    ['for programs', ['--json']],
    ['with a journal', ['--data', path.join(folder, 'journal')]],
  ])('are not printed by serve, %s', async (_, flags) => {
    const terminal = fakeTerminal();
    const code = runCommand(['serve', '--space', 'garden', ...flags], terminal);
    await once(terminal, 'written');
    const [urlBase = ''] = /http:\/\/[\d.:]+/.exec(terminal.out()) ?? [];
    const sessions = `${urlBase}/apispaces/garden/sessions`;
    const logIn = async (spoil = ''): Promise<readonly [string, Response]> => {
      const start = (await (await fetch(`${sessions}/start`)).json()) as Readonly<Record<string, string>>;
      const { authenticationId, nonce = '' } = start;
      const jwt = await (await fetch(`${urlBase}/jwt?profile=ann&nonce=${nonce}`)).text();
      const body = JSON.stringify({ authenticationId, authenticationToken: jwt + spoil });
      return [jwt, await fetch(sessions, { method: 'POST', body })];
    };
    const [, refused] = await logIn('x');
    const [jwt, accepted] = await logIn();
    const { token } = (await accepted.json()) as { readonly token: string };
    const asked = await fetch(`${sessions}/${token}?accessToken=${token}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    terminal.emit('SIGINT');

    expect(await code).toBe(0);
    expect([refused.ok, asked.ok]).toEqual([false, false]);
    expect(tracesOf({ jwt, token }, { stdout: terminal.out(), stderr: terminal.err() })).toEqual([]);
    expect(printed(terminal).match(JWTS)).toBe(null);
    expect([jwt, token].every((one) => one.match(JWTS)?.length === 1)).toBe(true);
  });

  it.each([[[]], [['--json']]])('are not printed by demo %j', async (flags) => {
    const terminal = fakeTerminal();

    expect(await runCommand(['demo', '--once', '--faults', 'none', '--seed', '3', ...flags], terminal)).toBe(
      0,
    );
    expect(printed(terminal)).not.toBe('');
    expect(printed(terminal).match(JWTS)).toBe(null);
  });
});

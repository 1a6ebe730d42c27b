import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../lib/cli/runCommand.js';
import { fakeTerminal } from './fakeTerminal.js';

describe('runCommand', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']], [['demo', '--help']], [['tail', '-h']]])(
    'explains itself for %j',
    async (args) => {
      const terminal = fakeTerminal();

      expect(await runCommand(args, terminal)).toBe(0);
      expect(terminal.out()).toContain('comapi-rx demo');
    },
  );

  it.each(['--version', '-v'])('says with %s which version of the package it is', async (flag) => {
    const terminal = fakeTerminal();
    const own = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

    expect(await runCommand([flag], terminal)).toBe(0);
    expect(terminal.out()).toBe(`${own.version}\n`);
    expect(terminal.err()).toBe('');
  });

  it.each([
    [['-v', 'demo'], 'the first word has to be a command (demo, serve, tail)'],
    [['demo', '--version'], "Unknown option '--version'"],
    [['dance'], 'the first word has to be a command (demo, serve, tail)'],
    [['demo', '--loud'], "Unknown option '--loud'"],
    [['demo', 'now'], 'unexpected argument number 1'],
    [['demo', '--faults', 'some'], '--faults takes none, mild or wild'],
    [['demo', '--seed', 'x'], '--seed takes a whole number'],
    [['demo', '--seed', '-1'], "Option '--seed' argument is ambiguous; see --help"],
    [['demo', '--port', '70000'], '--port takes a whole number from 0 to 65535'],
    [['demo', '--once=yes'], '--once'],
    [['demo', '--web', '--once'], '--web stays until Ctrl-C'],
    // The sources have no page beside them: the build makes it.
    [['demo', '--web'], 'the page has not been built'],
    [['demo', '--\u001b[2J'], 'Unknown option'],
  ])('says in one line what is wrong with %j', async (args, sentence) => {
    const terminal = fakeTerminal();

    expect(await runCommand(args, terminal)).toBe(2);
    expect(terminal.err()).toContain(sentence);
    expect(terminal.err()).toMatch(/^[^\n\u001b]+\n$/);
    expect(terminal.out()).toBe('');
  });

  it('says in one line that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const terminal = fakeTerminal();

    const code = await runCommand(['demo', '--port', String(port)], terminal);
    taken.close();

    expect(code).toBe(2);
    expect(terminal.err()).toMatch(
      /^comapi-rx: port \d+ cannot be had \(EADDRINUSE\); choose another with --port\n$/,
    );
  });
});

import { describe, expect, it, jest } from '@jest/globals';
import type { Logger } from '../../lib/transport/Logger.js';
import { profileUpdated } from '../../lib/wire/event/profileUpdated.js';
import { clientWorld, openWorld } from '../support/clientWorld.js';
import { added } from '../support/frames.js';
import { settled } from '../support/virtualTime.js';
import { watch } from '../support/watch.js';

const notebook = (): { readonly logger: Logger; readonly lines: string[] } => {
  const lines: string[] = [];
  const at =
    (level: string): Logger['info'] =>
    (message) => {
      lines.push(`${level}: ${message}`);
    };
  return { logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
};

describe('logger', () => {
  it('is told how the line stands, and what went wrong', async () => {
    const { logger, lines } = notebook();
    const world = await openWorld({ logger, reconnect: { maxAttempts: 1 } });
    world.client.on('participantAdded', () => {
      throw new Error('handler');
    });

    world.receive('{');
    world.receive(added('ann'));
    world.line.last().close();

    expect(lines).toEqual([
      'debug: The line is idle.',
      'debug: The line is connecting.',
      'debug: The line is connected.',
      'warn: A frame could not be understood.',
      'error: A handler of participantAdded threw.',
      'error: The line has failed.',
    ]);
  });

  it.each([
    ['once for a logger', { logger: notebook().logger }, 1],
    ['not at all without one', {}, 0],
    ['not at all for none', { logger: false as const }, 0],
  ])('has what is wrong with a frame worked out %s', async (_, options, times) => {
    const decode = jest.spyOn(profileUpdated.needs, 'decode');
    const world = await openWorld(options);
    const errors = watch(world.client.decodeErrors$);

    world.receive({ name: 'profile.update', payload: 5 });
    const calls = decode.mock.calls.length;
    decode.mockRestore();

    expect([errors.values.length, calls]).toEqual([1, times]);
  });

  it('is told of a line that waits, and of its end', async () => {
    const { logger, lines } = notebook();
    const world = await openWorld({ logger });

    world.line.last().close();
    await world.client.close();

    expect(lines.slice(3)).toEqual([
      'warn: The line is down.',
      'debug: The line is closing.',
      'debug: The line is closed.',
    ]);
  });

  it('hears of a verdict that could not be given', async () => {
    const { logger, lines } = notebook();
    const classify = (): never => {
      throw new Error('classify');
    };
    const world = await openWorld({ logger, reconnect: { classify } });

    world.line.last().close();

    expect(lines).toContain('warn: reconnect.classify threw: the built-in verdict stands.');
    expect(world.client.status.state).toBe('waiting');
  });

  it('gets sentences that hold no words of others', async () => {
    const said: unknown[] = [];
    const note: Logger['info'] = (message) => said.push(message);
    const world = await openWorld({ logger: { debug: note, info: note, warn: note, error: note } });
    const forged = 'x\n2026-01-01T00:00:00Z INFO forged \u001b[2J';
    world.receive(forged);
    world.receive({
      name: 'conversation.participantAdded',
      conversationId: forged,
      payload: { [forged]: forged },
    });
    world.line.last().close(4000, forged);
    await settled();

    expect(said.length).toBeGreaterThan(3);
    expect(said.filter((message) => !/^[A-Z][\w ]+\.$/.test(String(message)))).toEqual([]);
    await world.client.close();
  });

  it('that throws harms nobody', async () => {
    const fail = (): never => {
      throw new Error('logger');
    };
    const world = await openWorld({
      logger: { debug: fail, info: fail, warn: fail, error: fail },
      reconnect: { classify: fail },
    });
    world.client.on('participantAdded', fail);

    world.receive('{');
    world.receive(added('ann'));
    world.line.last().close();
    await world.time.advance(20_000);
    world.open();

    expect(world.client.status.state).toBe('connected');
  });

  it('keeps its own this', async () => {
    const lines: string[] = [];
    class Notes {
      debug(message: string): void {
        this.write(message);
      }
      info = this.debug;
      warn = this.debug;
      error = this.debug;
      write(message: string): void {
        lines.push(message);
      }
    }

    await openWorld({ logger: new Notes() });

    expect(lines).toEqual(['The line is idle.', 'The line is connecting.', 'The line is connected.']);
  });

  it('wants no line of its own', async () => {
    const { logger } = notebook();
    const world = clientWorld({ logger });

    await world.time.advance(60_000);
    await settled();

    expect(world.line.sockets).toEqual([]);
  });
});

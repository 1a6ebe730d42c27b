import { describe, expect, it } from '@jest/globals';
import { fakeSocket } from '../../lib/testing/fakeSocket.js';

/** A client's socket that writes down what it is told. */
const connected = () => {
  const server = fakeSocket();
  const socket = new server.ctor('wss://api.example/?token=1');
  const heard: unknown[] = [];
  socket.onopen = () => heard.push('open');
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onerror = () => heard.push('error');
  socket.onclose = ({ code, reason, wasClean }) => heard.push({ code, reason, wasClean });
  return { server, socket, heard };
};

describe('fakeSocket', () => {
  it('has no socket before a client makes one, and knows the newest', () => {
    const { ctor, sockets, last } = fakeSocket();
    expect(last).toThrow(RangeError);

    new ctor('wss://a');
    new ctor('wss://b');

    expect(sockets.map(({ url }) => url)).toEqual(['wss://a', 'wss://b']);
    expect(last().url).toBe('wss://b');
  });

  it('shows the client at once what the server does', () => {
    const { server, socket, heard } = connected();
    expect(socket.readyState).toBe(0);

    server.last().open();
    expect(socket.readyState).toBe(1);
    server.last().message('text');
    server.last().message({ name: 'x' });
    server.last().message(null);
    server.last().close(4401, 'expired');

    expect(socket.readyState).toBe(3);
    expect(heard).toEqual([
      'open',
      'text',
      '{"name":"x"}',
      'null',
      { code: 4401, reason: 'expired', wasClean: true },
    ]);
  });

  it.each([new Uint8Array([1]), new Uint8Array([1]).buffer, new Blob(['a'])])(
    'leaves bytes as they are',
    (bytes) => {
      const { server, heard } = connected();

      server.last().open();
      server.last().message(bytes);

      expect(heard[1]).toBe(bytes);
    },
  );

  it('tells listeners as well as handlers, with the socket as target', () => {
    const { server, socket } = connected();
    const targets: unknown[] = [];
    socket.addEventListener('open', ({ target }) => targets.push(target));
    socket.onopen = ({ target }) => targets.push(target);

    server.last().open();

    expect(targets).toEqual([socket, socket]);
  });

  it('is cut by a close without a code', () => {
    const { server, heard } = connected();

    server.last().open();
    server.last().close();

    expect(heard[1]).toEqual({ code: 1006, reason: '', wasClean: false });
  });

  it('breaks with an error before the close', () => {
    const { server, heard } = connected();

    server.last().fail();

    expect(heard).toEqual(['error', { code: 1006, reason: '', wasClean: false }]);
  });

  it('keeps what the client sends, while it is open', () => {
    const { server, socket } = connected();
    expect(() => socket.send('early')).toThrow(DOMException);

    server.last().open();
    socket.send('a');
    socket.close();
    socket.send('late');

    expect(server.last().sent).toEqual(['a']);
  });

  it('ends after the call in which the client closes it', async () => {
    const { server, socket, heard } = connected();
    server.last().open();

    socket.close(1000, 'bye');
    expect(server.last()).toMatchObject({ readyState: 2, closedBy: { code: 1000, reason: 'bye' } });
    expect(heard).toEqual(['open']);
    await Promise.resolve();

    expect(heard).toEqual(['open', { code: 1000, reason: 'bye', wasClean: true }]);
    expect(server.last().readyState).toBe(3);
  });

  it('fails the connection that the client closes before it is open', async () => {
    const { server, socket, heard } = connected();

    socket.close();
    server.last().open();
    await Promise.resolve();

    expect(heard).toEqual(['error', { code: 1006, reason: '', wasClean: false }]);
  });

  it('does not let a client close with a code that is not its own', () => {
    const { server, socket } = connected();
    server.last().open();

    expect(() => socket.close(1006)).toThrow(DOMException);
    expect(socket.readyState).toBe(1);
  });

  it('ignores what a socket that has ended cannot do', () => {
    const { server, heard } = connected();
    server.last().close();
    heard.length = 0;

    server.last().open();
    server.last().message('late');
    server.last().fail();
    server.last().close();

    expect(heard).toEqual([]);
  });
});

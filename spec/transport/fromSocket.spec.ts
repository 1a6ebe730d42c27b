import { describe, expect, it } from '@jest/globals';
import type { Observable, Subscription } from 'rxjs';
import { WebSocketSubject } from 'rxjs/webSocket';
import { fromSocket, type FromSocketOptions } from '../../lib/transport/fromSocket.js';
import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';
import { fakeSocket } from '../../lib/testing/fakeSocket.js';
import { OddSocket, oddSockets, throwingCtor } from './oddSocket.js';
import { deaf, receiving } from './receiving.js';
import { virtualTime } from './virtualTime.js';

const GRACE_MS = 1_000;

/** One attempt in virtual time, and all it has said. */
const attempt = (ctor: WebSocketCtor, options: Partial<FromSocketOptions> = {}) => {
  const time = virtualTime();
  const said: unknown[] = [];
  const opened$ = fromSocket({
    url: 'wss://api.example/socket?token=SECRET',
    ctor,
    receiver: receiving((word) => said.push(word)),
    scheduler: time.scheduler,
    heartbeat: false,
    ...options,
  });
  const subscribe = (): Subscription =>
    opened$.subscribe({
      next: () => said.push('opened'),
      error: (failure: unknown) => said.push(failure),
      complete: () => said.push('complete'),
    });
  return { time, said, opened$, subscribe };
};

describe('fromSocket', () => {
  it('says when the line is open and what comes in, as it came (P1)', () => {
    const server = fakeSocket();
    const { said, subscribe } = attempt(server.ctor);
    const bytes = new Uint8Array([1]).buffer;

    subscribe();
    server.last().open();
    for (const frame of ['a', '{not json', '', bytes]) server.last().message(frame);

    expect(said).toEqual(['opened', 'a', '{not json', '', bytes]);
  });

  it('opens nothing before it is subscribed to, and one socket per subscription (P4, P19)', () => {
    const server = fakeSocket();
    const { subscribe } = attempt(server.ctor);
    expect(server.sockets).toHaveLength(0);

    subscribe();
    subscribe();

    expect(server.sockets.map(({ url }) => url)).toEqual(
      Array(2).fill('wss://api.example/socket?token=SECRET'),
    );
  });

  it('is a plain Observable, which cannot be sent to (P32)', () => {
    const { opened$ } = attempt(fakeSocket().ctor);

    expect(opened$).not.toBeInstanceOf(WebSocketSubject);
    expect(opened$.pipe((same$: Observable<unknown>) => same$)).not.toHaveProperty('next');
  });

  it('asks for bytes and not for Blobs (P30)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    attempt(ctor).subscribe();

    expect(sockets[0]?.binaryType).toBe('arraybuffer');
  });
});

describe('the end of a socket', () => {
  it.each([1000, 1001, 1005, 1011, 1012, 4401, 4429])(
    'is a failure after a clean close with %d too (P5)',
    (code) => {
      const server = fakeSocket();
      const { said, subscribe } = attempt(server.ctor);

      subscribe();
      server.last().open();
      server.last().close(code, 'words');

      expect(said).toEqual(['opened', { kind: 'close', closeCode: code, reason: 'words' }]);
    },
  );

  it('is told with the code of the close event that follows the error (P3, P6)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { time, said, subscribe } = attempt(ctor);

    subscribe();
    sockets[0]?.open();
    sockets[0]?.onerror?.({});
    time.pass(GRACE_MS - 1);
    expect(said).toEqual(['opened']);
    sockets[0]?.closed(4401);

    expect(said).toEqual(['opened', { kind: 'close', closeCode: 4401 }]);
    expect(time.timers()).toBe(0);
  });

  it('is told after a second where no close event follows the error, and the socket is closed (P6)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { time, said, subscribe } = attempt(ctor);

    subscribe();
    sockets[0]?.open();
    sockets[0]?.onerror?.({});
    time.pass(GRACE_MS);

    expect(said).toEqual(['opened', { kind: 'network' }]);
    expect(sockets[0]?.calls).toEqual([['close']]);
    expect(time.timers()).toBe(0);
  });

  it('is told once, whatever comes later (P7)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { time, said, subscribe } = attempt(ctor);

    subscribe();
    const [socket] = sockets;
    socket?.open();
    socket?.onerror?.({});
    time.pass(GRACE_MS);
    socket?.onmessage?.({ data: 'late' });
    socket?.onerror?.({});
    socket?.closed(4401, true);

    expect(said).toEqual(['opened', { kind: 'network' }]);
  });

  it('is the last that is heard, though the socket says more while it is being told (P7)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { said, opened$ } = attempt(ctor);

    opened$.subscribe({ error: () => sockets[0]?.onmessage?.({ data: 'late' }) });
    sockets[0]?.open();
    sockets[0]?.onmessage?.({ data: 'in time' });
    sockets[0]?.closed(1011);

    expect(said).toEqual(['in time']);
  });

  it('has no known reason when the line never opened', () => {
    const server = fakeSocket();
    const { said, subscribe } = attempt(server.ctor);

    subscribe();
    server.last().fail();

    expect(said).toEqual([{ kind: 'handshake', closeCode: 1006 }]);
  });

  it('is a failure too when the socket could not be made, and holds nothing of the error (P18)', () => {
    const { said, subscribe } = attempt(throwingCtor);

    subscribe();

    expect(said).toEqual([{ kind: 'constructor' }]);
  });

  it('is told besides when a frame was refused for its size', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { said, subscribe } = attempt(ctor);

    subscribe();
    sockets[0]?.open();
    sockets[0]?.onerror?.({
      error: Object.assign(new RangeError(), { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' }),
    });
    sockets[0]?.closed(1009);

    expect(said).toEqual(['opened', 'too-big', { kind: 'close', reason: 'A frame was too big.' }]);
  });
});

describe('leaving a socket', () => {
  it('closes an open one with 1000 (P14)', async () => {
    const server = fakeSocket();
    const { time, said, subscribe } = attempt(server.ctor, { heartbeat: { intervalMs: 100, timeoutMs: 50 } });

    const subscription = subscribe();
    server.last().open();
    subscription.unsubscribe();
    await Promise.resolve();

    expect(server.last().closedBy).toEqual({ code: 1000 });
    expect(server.last().readyState).toBe(3);
    expect(said).toEqual(['opened']);
    expect(time.timers()).toBe(0);
  });

  it('abandons a connecting one, and a new one is none of its business (P4)', async () => {
    const server = fakeSocket();
    const { said, subscribe } = attempt(server.ctor);

    subscribe().unsubscribe();
    subscribe();
    const [abandoned, current] = server.sockets;
    current?.open();
    await Promise.resolve();
    current?.message('a');

    expect(abandoned?.readyState).toBe(3);
    expect(abandoned?.closedBy).toEqual({});
    expect(said).toEqual(['opened', 'a']);
  });

  it('does not hear what an abandoned one still says, and keeps a listener for its errors (P7, P40)', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { said, subscribe } = attempt(ctor);

    const subscription = subscribe();
    const [socket] = sockets;
    socket?.open();
    subscription.unsubscribe();
    socket?.onmessage?.({ data: 'late' });

    expect(socket?.onmessage).toBeNull();
    expect(socket?.onerror).toBeInstanceOf(Function);
    socket?.onerror?.({ error: new Error('late') });
    socket?.closed(4401);
    expect(said).toEqual(['opened']);
  });

  it('does not hear what one says as it is told to close, through a listener that it has kept', () => {
    class Talkative extends OddSocket {
      #listener = this.onmessage;

      override open(): void {
        this.#listener = this.onmessage;
        super.open();
      }

      override close(): void {
        this.#listener?.({ data: 'late' });
      }
    }
    const { ctor, sockets } = oddSockets(Talkative);
    const { said, subscribe } = attempt(ctor);

    const subscription = subscribe();
    sockets[0]?.open();
    subscription.unsubscribe();

    expect(said).toEqual(['opened']);
  });

  it('closes one that opens in spite of having been abandoned', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    attempt(ctor).subscribe().unsubscribe();

    sockets[0]?.open();

    expect(sockets[0]?.calls).toEqual([['close'], ['close', 1000]]);
  });

  it('while it waits for the close event leaves no timer', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const { time, said, subscribe } = attempt(ctor);

    const subscription = subscribe();
    sockets[0]?.open();
    sockets[0]?.onerror?.({});
    subscription.unsubscribe();

    expect(time.timers()).toBe(0);
    expect(said).toEqual(['opened']);
  });

  it('may happen at the very word that says it is open', () => {
    const server = fakeSocket();
    const time = virtualTime();
    const heartbeat = { intervalMs: 100, timeoutMs: 50 };

    const subscription = fromSocket({
      url: 'wss://x',
      ctor: server.ctor,
      receiver: deaf,
      scheduler: time.scheduler,
      heartbeat,
    }).subscribe(() => subscription.unsubscribe());
    server.last().open();

    expect(server.last().closedBy).toEqual({ code: 1000 });
    expect(time.timers()).toBe(0);
  });

  it('tells when the close has come through, also those who ask late', async () => {
    const server = fakeSocket();
    const completions: string[] = [];
    const closings: Observable<void>[] = [];
    const { subscribe } = attempt(server.ctor, { released: (closed$) => closings.push(closed$) });

    const subscription = subscribe();
    server.last().open();
    subscription.unsubscribe();
    closings[0]?.subscribe({ complete: () => completions.push('early') });
    expect(completions).toEqual([]);
    await Promise.resolve();
    closings[0]?.subscribe({ complete: () => completions.push('late') });

    expect(completions).toEqual(['early', 'late']);
    expect(closings).toHaveLength(1);
  });

  it('has nothing to tell when the socket failed, closed or not', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const closings: unknown[] = [];
    const { time, subscribe } = attempt(ctor, { released: (closed$) => closings.push(closed$) });

    subscribe();
    sockets[0]?.onerror?.({});
    time.pass(GRACE_MS);

    expect(sockets[0]?.readyState).toBe(2);
    expect(closings).toEqual([]);
  });

  it('has nothing to tell when the socket ended by itself', () => {
    const server = fakeSocket();
    const closings: unknown[] = [];
    const { subscribe } = attempt(server.ctor, { released: (closed$) => closings.push(closed$) });

    const subscription = subscribe();
    server.last().open();
    server.last().close(1012);
    subscription.unsubscribe();

    expect(closings).toEqual([]);
  });
});

describe('a silent socket', () => {
  class Pinged extends OddSocket {
    ping(): void {
      this.calls.push('ping');
    }
    on(): void {}
    off(): void {}
    terminate(): void {
      this.calls.push('terminate');
      this.readyState = 2;
    }
  }

  it('is cut without a closing handshake and abandoned at once (P17)', () => {
    const { ctor, sockets } = oddSockets(Pinged);
    const { time, said, subscribe } = attempt(ctor, { heartbeat: { intervalMs: 10_000, timeoutMs: 8_000 } });

    subscribe();
    sockets[0]?.open();
    time.pass(17_999);
    expect(said).toEqual(['opened']);
    time.pass(1);

    expect(said).toEqual(['opened', { kind: 'silent' }]);
    expect(sockets[0]?.calls).toEqual(['ping', 'terminate']);
    expect(time.timers()).toBe(0);
  });
});

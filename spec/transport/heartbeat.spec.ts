import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { TestScheduler } from 'rxjs/testing';
import { fakeSocket } from '../../lib/testing/fakeSocket.js';
import { heartbeat } from '../../lib/transport/heartbeat.js';
import { marbles } from '../support/marbles.js';
import { virtualTime } from './virtualTime.js';

class PingedSocket extends EventEmitter {
  pings = 0;

  ping(): void {
    this.pings += 1;
  }
}

const beatsOf = (socket: PingedSocket, scheduler: TestScheduler) =>
  // A WebSocket as far as the heartbeat looks.
  heartbeat({ socket: socket as unknown as WebSocket, intervalMs: 5, timeoutMs: 3, scheduler });

describe('heartbeat of a socket that can ping', () => {
  it(
    'errors when nothing answers a ping in time',
    marbles(({ expectObservable }, scheduler) => {
      const expected = ' --------#     ';

      expectObservable(beatsOf(new PingedSocket(), scheduler)).toBe(expected, {}, { kind: 'silent' });
    }),
  );

  it.each(['pong', 'ping', 'message'])('takes a %s for an answer', (sign) => {
    marbles(({ cold, expectObservable }, scheduler) => {
      const socket = new PingedSocket();
      const answers = ' -------a----a---------';
      const expected = '------------------#   ';

      cold(answers).subscribe(() => socket.emit(sign));

      expectObservable(beatsOf(socket, scheduler)).toBe(expected, {}, { kind: 'silent' });
    })();
  });

  it(
    'takes no earlier sign for an answer to a later ping',
    marbles(({ cold, expectObservable }, scheduler) => {
      const socket = new PingedSocket();
      const answers = ' ----a-------';
      const expected = '--------#   ';

      cold(answers).subscribe(() => socket.emit('pong'));

      expectObservable(beatsOf(socket, scheduler)).toBe(expected, {}, { kind: 'silent' });
    }),
  );

  it('leaves no timer and no listener', () => {
    const socket = new PingedSocket();
    const time = virtualTime();
    const beats = heartbeat({
      socket: socket as unknown as WebSocket,
      intervalMs: 5,
      timeoutMs: 3,
      scheduler: time.scheduler,
    }).subscribe();

    time.pass(6);
    expect(socket.eventNames()).toEqual(['pong', 'ping', 'message']);
    beats.unsubscribe();

    expect(socket.eventNames()).toEqual([]);
    expect(time.timers()).toBe(0);
  });

  it('gives an answer that waits behind a busy process a last chance', () => {
    const socket = new PingedSocket();
    const time = virtualTime();
    const said: unknown[] = [];

    heartbeat({
      socket: socket as unknown as WebSocket,
      intervalMs: 5,
      timeoutMs: 3,
      scheduler: time.scheduler,
    }).subscribe({ error: (failure: unknown) => said.push(failure) });
    // Due at the time of the deadline, in line behind it.
    time.scheduler.schedule(() => time.scheduler.schedule(() => socket.emit('pong'), 3), 5);
    time.pass(9);

    expect(said).toEqual([]);
  });
});

describe('heartbeat of a socket that cannot ping', () => {
  it('sends an echo frame every minute, and takes no silence for a sign', () => {
    const server = fakeSocket();
    const time = virtualTime();
    const said: unknown[] = [];
    const socket = new server.ctor('wss://x');
    server.last().open();

    const beats = heartbeat({ socket, intervalMs: 5, timeoutMs: 3, scheduler: time.scheduler }).subscribe({
      error: (failure: unknown) => said.push(failure),
    });
    time.pass(59_999);
    expect(server.last().sent).toEqual([]);
    time.pass(60_001);

    expect(server.last().sent.map((frame): unknown => JSON.parse(frame))).toEqual([
      { name: 'echo', payload: {}, publishedOn: '1970-01-01T00:01:00.000Z' },
      { name: 'echo', payload: {}, publishedOn: '1970-01-01T00:02:00.000Z' },
    ]);
    expect(said).toEqual([]);
    beats.unsubscribe();
    expect(time.timers()).toBe(0);
  });
});

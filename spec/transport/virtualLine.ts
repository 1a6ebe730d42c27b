import { of, type Subscription } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { fakeSocket, type FakeSockets } from '../../lib/testing/fakeSocket.js';
import type { ConnectionStatus } from '../../lib/transport/ConnectionStatus.js';
import { staysConnected, type StaysConnectedOptions } from '../../lib/transport/staysConnected.js';
import { receiving } from './receiving.js';
import { type VirtualTime, virtualTime } from './virtualTime.js';

export interface VirtualLine {
  readonly server: FakeSockets;
  readonly time: VirtualTime;
  /** What the line has said, each with the time in front. Reading it empties it. */
  readonly heard: () => readonly string[];
  /** What ended the line. */
  readonly error: () => ComapiError | undefined;
  readonly subscription: Subscription;
}

/** A subscribed line in virtual time, to a server that does what the test says. Jitter is drawn at its upper end. */
export const virtualLine = (options: Partial<StaysConnectedOptions> = {}): VirtualLine => {
  const server = fakeSocket();
  const time = virtualTime();
  let heard: string[] = [];
  let error: ComapiError | undefined;
  const hear = (words: string): void => void heard.push(`${time.scheduler.now()} ${words}`);

  const subscription = staysConnected({
    urlFor: () => of('wss://api.example/socket?token=SECRET'),
    ctor: () => server.ctor,
    receiver: receiving((word) => hear(String(word))),
    scheduler: time.scheduler,
    random: () => 1,
    ...options,
  }).subscribe({
    next: (status) => hear(wordsFor(status)),
    error: (reason: unknown) => {
      if (!(reason instanceof ComapiError))
        throw new TypeError('The line errored with what is no ComapiError.');
      error = reason;
      hear(`error ${reason.code}`);
    },
    complete: () => hear('complete'),
  });

  return {
    server,
    time,
    heard: () => {
      const all = heard;
      heard = [];
      return all;
    },
    error: () => error,
    subscription,
  };
};

const wordsFor = (status: ConnectionStatus): string => {
  switch (status.state) {
    case 'connecting':
      return `connecting ${status.attempt}`;
    case 'connected':
      return `connected since ${status.since}`;
    case 'waiting':
      return `waiting for ${status.attempt} until ${status.retryAt}: ${status.cause.kind}`;
    default:
      return status.state;
  }
};

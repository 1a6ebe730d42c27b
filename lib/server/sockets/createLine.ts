import type { Timers } from '../createTimers.js';
import type { FaultsInForce } from '../faults/faultsInForce.js';

/** The way of frames to one socket, with everything that may happen to them on it. */
export interface Line {
  /** Sends an event frame: it may be lost, repeated, overtaken or delayed. */
  event(text: string): void;
  /** Sends these bytes as they are, after everything that is on its way already. */
  exactly(bytes: string | Uint8Array): void;
}

export interface LineOptions {
  readonly send: (bytes: string | Uint8Array) => void;
  readonly faults: FaultsInForce;
  readonly timers: Timers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How long a frame waits to be overtaken before it goes out all the same. */
const swapPatienceMs = 50;

/** Makes the line of a socket that has opened just now. */
export const createLine = ({ send, faults, timers, now }: LineOptions): Line => {
  const openedAt = now();
  const queue: { readonly bytes: string | Uint8Array; readonly due: number }[] = [];
  let held: { readonly copies: readonly string[]; readonly stopWaiting: () => void } | undefined;
  let stopTimer: (() => void) | undefined;

  /** Only the first in the queue is ever looked at, so no two frames can pass each other in it. */
  const sendDue = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    for (let next = queue[0]; next; next = queue[0]) {
      if (next.due > now()) {
        stopTimer = timers.after(next.due - now(), sendDue);
        return;
      }
      queue.shift();
      send(next.bytes);
    }
  };

  const enqueue = (bytes: string | Uint8Array, delayMs: number): void => {
    queue.push({ bytes, due: now() + delayMs });
    sendDue();
  };

  const enqueueAll = (copies: readonly string[]): void =>
    copies.forEach((text) => {
      const delayMs = faults.wait('delayMs');
      if (delayMs > 0) faults.count('delayMs');
      enqueue(text, delayMs);
    });

  const releaseHeld = (): boolean => {
    if (!held) return false;
    const { copies, stopWaiting } = held;
    held = undefined;
    stopWaiting();
    enqueueAll(copies);
    return true;
  };

  const hold = (copies: readonly string[]): void => {
    held = { copies, stopWaiting: timers.after(swapPatienceMs, releaseHeld) };
  };

  return {
    event: (text) => {
      if (now() - openedAt < (faults.current.pushDelayAfterOpenMs ?? 0)) {
        return faults.count('pushDelayAfterOpenMs');
      }
      if (faults.strikes('lose')) return faults.count('lose');
      const copies = faults.strikes('repeat') ? [text, text] : [text];
      if (copies.length > 1) faults.count('repeat');

      if (!held && faults.strikes('swap')) return hold(copies);
      enqueueAll(copies);
      // Only now has a swap really happened: this frame has overtaken the one that was held.
      if (releaseHeld()) faults.count('swap');
    },
    exactly: (bytes) => enqueue(bytes, 0),
  };
};

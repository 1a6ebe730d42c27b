import type { WebSocketCtor } from '../../lib/index.js';

/** A socket without a network that hands a frame straight to its client: a real event costs as much as decoding it. */
export interface LeanSocket {
  readonly ctor: WebSocketCtor;
  message(frame: string): void;
}

export const leanSocket = (): LeanSocket => {
  const sockets: Lean[] = [];

  class Lean {
    readyState = 1;
    onopen: (() => void) | null = null;
    onmessage: ((event: { readonly data: string }) => void) | null = null;
    onclose: ((event: { readonly code: number; readonly wasClean: boolean }) => void) | null = null;

    constructor() {
      sockets.push(this);
      queueMicrotask(() => this.onopen?.());
    }

    close(): void {
      queueMicrotask(() => this.onclose?.({ code: 1000, wasClean: true }));
    }
  }

  return {
    // What a client does with a socket; the DOM's type asks for more.
    ctor: Lean as unknown as WebSocketCtor,
    message: (data) => sockets.at(-1)?.onmessage?.({ data }),
  };
};

import type { WebSocketCtor } from '../../lib/transport/WebSocketCtor.js';

/** A socket that does what it is told, also what no decent socket does. */
export class OddSocket {
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: unknown) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  binaryType = 'blob';
  readyState = 0;
  readonly calls: unknown[] = [];

  open(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  close(...args: unknown[]): void {
    this.calls.push(['close', ...args]);
    this.readyState = 2;
  }

  closed(code: number, wasClean = false): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '', wasClean });
  }
}

/** The class of odd sockets to connect with, and the sockets. */
export const oddSockets = <S extends OddSocket>(
  Odd: new () => S,
): { readonly ctor: WebSocketCtor; readonly sockets: readonly S[] } => {
  const sockets: S[] = [];
  const ctor = function (): S {
    const socket = new Odd();
    sockets.push(socket);
    return socket;
  };
  // Odd by intent: not even a class, as some patched platforms have it.
  return { ctor: ctor as unknown as WebSocketCtor, sockets };
};

/** A class whose constructor throws and quotes the URL, as that of `ws` does. */
export const throwingCtor = function (url: string): never {
  throw new SyntaxError(`Invalid URL: ${url}`);
} as unknown as WebSocketCtor;

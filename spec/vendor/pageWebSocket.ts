import { WebSocket } from 'ws';

export interface SocketScope {
  /** Runs what the page's own code does, as the page would. */
  readonly run: (task: () => void) => void;
  /** Told when a socket starts to open or to close; the returned function, when it has, or has failed to. */
  readonly begin: () => () => void;
  readonly sockets: Set<WebSocket>;
}

type Handler = ((event: unknown) => void) | null;

/** The `WebSocket` of a page on top of `ws`: what its handlers throw reaches the page, and not the socket. */
export const webSocketIn = ({ run, begin, sockets }: SocketScope): new (url: string) => object =>
  class PageWebSocket {
    onopen: Handler = null;
    onmessage: Handler = null;
    onerror: Handler = null;
    onclose: Handler = null;
    readonly #socket: WebSocket;

    constructor(url: string) {
      const socket = new WebSocket(url);
      this.#socket = socket;
      sockets.add(socket);
      const isSettled = begin();
      socket.addEventListener('open', () => {
        run(() => this.onopen?.({ type: 'open' }));
        isSettled();
      });
      socket.addEventListener('message', ({ data }) =>
        run(() => this.onmessage?.({ type: 'message', data })),
      );
      socket.addEventListener('error', () => run(() => this.onerror?.({ type: 'error' })));
      socket.addEventListener('close', ({ code, reason, wasClean }) => {
        sockets.delete(socket);
        run(() => this.onclose?.({ type: 'close', code, reason, wasClean }));
        isSettled();
      });
    }

    get readyState(): number {
      return this.#socket.readyState;
    }

    send(text: string): void {
      this.#socket.send(text);
    }

    close(): void {
      const isClosed = begin();
      this.#socket.addEventListener('close', isClosed);
      this.#socket.close();
    }
  };

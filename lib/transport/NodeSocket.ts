import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import type { WebSocket as WsSocket } from 'ws';
import type { Refusal, TellsRefusal } from './refusal.js';
import { retryAfter } from './retryAfter.js';

/** What `onopen` and its like take. */
type Listener = ((event: Event) => void) | null;

/** What `onmessage` is called with: of a `MessageEvent` what is looked at. */
type Message = Readonly<Pick<MessageEvent<unknown>, 'type' | 'data' | 'target'>>;

/**
 * A socket of `ws` with the face of the DOM's `WebSocket`, and nothing behind it that can be seen.
 *
 * A socket of `ws` holds the request of its handshake while it connects, and its URL for ever: whoever logs it, or an
 * event of it, logs the token. Here it is private, which no kind of `inspect` gets past, and the events are new ones.
 */
export class NodeSocket extends EventTarget implements TellsRefusal {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;

  /**
   * Called by itself, before other listeners: frames come in thousands, nearly always to this one alone, and an
   * `Event` of the platform, taken round by it, costs as much as a tenth of receiving and parsing a frame.
   */
  onmessage: ((message: Message) => void) | null = null;

  readonly #socket: WsSocket;
  readonly #url: string;
  readonly #listeners = new Map<string, Listener>();
  /** Whether somebody besides `onmessage` may listen to messages: who does so once or for a while, need not say when not. */
  #mayBeHeard = false;
  #refusal: Refusal | undefined;

  /**
   * @param socket One that nobody else listens to.
   * @param url What {@link NodeSocket.url} says: the address without the token.
   */
  constructor(socket: WsSocket, url: string) {
    super();
    this.#socket = socket;
    this.#url = url;

    const tell = (event: Event): void => {
      this.dispatchEvent(event);
    };
    socket
      .on('open', () => {
        tell(new Event('open'));
      })
      .on('message', (raw, isBinary) => {
        // `ws` gives a text as a Buffer, and bytes as its `binaryType` says.
        const data: unknown = isBinary || !Buffer.isBuffer(raw) ? raw : raw.toString();
        this.onmessage?.({ type: 'message', data, target: this });
        this.#mayBeHeard &&= getEventListeners(this, 'message').length > 0;
        if (this.#mayBeHeard) tell(new MessageEvent('message', { data }));
      })
      .on('ping', () => {
        tell(new Event('ping'));
      })
      .on('pong', () => {
        tell(new Event('pong'));
      })
      // Without a listener `ws` throws, also for an abandoned socket that reports that it was abandoned.
      .on('error', ({ message, ...details }: Error & { readonly code?: unknown }) => {
        // An error of Node's parser has the bytes that it could not read: only the code goes on.
        const error = Object.assign(new Error(message), 'code' in details && { code: details.code });
        tell(Object.assign(new Event('error'), { error, message }));
      })
      .on('close', (code, reason) => {
        const wasClean = code !== 1006;
        tell(Object.assign(new Event('close'), { code, reason: reason.toString(), wasClean }));
      })
      .once('unexpected-response', (_request, response) => {
        const date = Date.parse(response.headers.date ?? '');
        const wait = response.headers['retry-after'];
        const retryAfterMs = retryAfter(wait, Number.isNaN(date) ? Date.now() : date);
        this.#refusal = {
          status: response.statusCode ?? 0,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        };
        socket.terminate();
      });
  }

  get url(): string {
    return this.#url;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  get extensions(): string {
    return this.#socket.extensions;
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  get binaryType(): WsSocket['binaryType'] {
    return this.#socket.binaryType;
  }

  set binaryType(type: WsSocket['binaryType']) {
    this.#socket.binaryType = type;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  send(message: string | ArrayBuffer | ArrayBufferView): void {
    this.#socket.send(message);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Asks for a `pong`; browsers' sockets cannot. */
  ping(): void {
    this.#socket.ping();
  }

  /** Cuts the connection without a word to the other side. */
  terminate(): void {
    this.#socket.terminate();
  }

  override addEventListener(...listener: Parameters<EventTarget['addEventListener']>): void {
    this.#mayBeHeard ||= listener[0] === 'message';
    super.addEventListener(...listener);
  }

  /** As `addEventListener`, under the name by which Node's own emitters know it. */
  on(type: string, listener: (event: Event) => void): this {
    this.addEventListener(type, listener);
    return this;
  }

  off(type: string, listener: (event: Event) => void): this {
    this.removeEventListener(type, listener);
    return this;
  }

  get onopen(): Listener {
    return this.#listeners.get('open') ?? null;
  }

  set onopen(listener: Listener) {
    this.#listen('open', listener);
  }

  get onerror(): Listener {
    return this.#listeners.get('error') ?? null;
  }

  set onerror(listener: Listener) {
    this.#listen('error', listener);
  }

  get onclose(): Listener {
    return this.#listeners.get('close') ?? null;
  }

  set onclose(listener: Listener) {
    this.#listen('close', listener);
  }

  #listen(type: string, listener: Listener): void {
    const earlier = this.#listeners.get(type);
    if (earlier) this.removeEventListener(type, earlier);
    this.#listeners.set(type, listener);
    if (listener) this.addEventListener(type, listener);
  }

  [inspect.custom](): string {
    return `NodeWebSocket { readyState: ${this.readyState} }`;
  }

  toJSON(): object {
    return { readyState: this.readyState };
  }
}

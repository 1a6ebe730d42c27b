/** What a `close` event tells. */
interface Closing {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

type Listener<E extends Event> = ((event: E) => unknown) | null;

/** The client's end of a fake socket: a WebSocket by behaviour, and what its server can do to it. */
export class FakeWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly url: string;
  readonly protocol: string = '';
  readonly extensions: string = '';
  readonly bufferedAmount: number = 0;
  binaryType: BinaryType = 'blob';
  readyState: number = FakeWebSocket.CONNECTING;

  onopen: Listener<Event> = null;
  onmessage: Listener<MessageEvent> = null;
  onerror: Listener<Event> = null;
  onclose: Listener<Event & Closing> = null;

  readonly sent: string[] = [];
  closedBy: { readonly code?: number; readonly reason?: string } | undefined;

  constructor(url: string) {
    super();
    this.url = url;
  }

  // ---- the client's side

  send(data: unknown): void {
    if (this.readyState === FakeWebSocket.CONNECTING) {
      throw new DOMException('The socket is still connecting.', 'InvalidStateError');
    }
    if (this.readyState === FakeWebSocket.OPEN) this.sent.push(String(data));
  }

  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new DOMException(`A client cannot close with ${code}.`, 'InvalidAccessError');
    }
    if (this.readyState >= FakeWebSocket.CLOSING) return;

    this.closedBy = { ...(code !== undefined && { code }), ...(reason !== undefined && { reason }) };
    const wasOpen = this.readyState === FakeWebSocket.OPEN;
    this.readyState = FakeWebSocket.CLOSING;
    queueMicrotask(() =>
      wasOpen ? this.end({ code: code ?? 1005, reason: reason ?? '', wasClean: true }) : this.break(),
    );
  }

  // ---- the server's side

  accept(): void {
    if (this.readyState !== FakeWebSocket.CONNECTING) return;
    this.readyState = FakeWebSocket.OPEN;
    const event = new Event('open');
    this.dispatchEvent(event);
    this.onopen?.(event);
  }

  receive(data: unknown): void {
    if (this.readyState !== FakeWebSocket.OPEN) return;
    const event = new MessageEvent('message', { data });
    this.dispatchEvent(event);
    this.onmessage?.(event);
  }

  break(): void {
    if (this.readyState === FakeWebSocket.CLOSED) return;
    this.readyState = FakeWebSocket.CLOSING;
    const event = new Event('error');
    this.dispatchEvent(event);
    this.onerror?.(event);
    this.end({ code: 1006, reason: '', wasClean: false });
  }

  end(closing: Closing): void {
    if (this.readyState === FakeWebSocket.CLOSED) return;
    this.readyState = FakeWebSocket.CLOSED;
    // Not every platform has a CloseEvent of its own.
    const event = Object.assign(new Event('close'), closing);
    this.dispatchEvent(event);
    this.onclose?.(event);
  }
}

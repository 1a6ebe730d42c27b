/** The class of sockets: the platform's `WebSocket` or one that behaves like it. */
export type WebSocketCtor = new (url: string, protocols?: string | string[]) => WebSocket;

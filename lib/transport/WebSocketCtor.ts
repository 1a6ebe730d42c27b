/** What makes sockets: the platform's `WebSocket` or anything that behaves like it. */
export type WebSocketCtor = new (url: string, protocols?: string | string[]) => WebSocket;

/**
 * A `NatsConnection` of `@nats-io/transport-node`, as far as it is seen from here. Said anew, so that the types of
 * this package can be read where that one is not installed.
 */
export interface BrokerConnection {
  /** What the server said of itself. */
  readonly info?: { readonly version: string } | undefined;
  isClosed(): boolean;
  status(): AsyncIterable<{ readonly type: string }>;
  publish(subject: string, payload?: string | Uint8Array, options?: { readonly reply?: string }): void;
  subscribe(subject: string, options?: object): { unsubscribe(): void };
  request(
    subject: string,
    payload?: string | Uint8Array,
    options?: object,
  ): Promise<{ readonly data: Uint8Array }>;
}

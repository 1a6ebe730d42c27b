import type { NatsConnection } from '@nats-io/transport-node';

export type ConnectionChange = 'lost' | 'back' | 'closed';

/** What is known of a connection without asking. */
export interface ConnectionWatch {
  readonly isConnected: boolean;
  /** For good. */
  readonly isClosed: boolean;
  /** Calls at each change from now on; `'closed'` is the last one. Returns what ends it. */
  onChange(listener: (change: ConnectionChange) => void): () => void;
}

/** Follows the state of a connection for as long as it lives: it ends with the connection, by itself. */
export const watchConnection = (connection: NatsConnection): ConnectionWatch => {
  const listeners = new Set<(change: ConnectionChange) => void>();
  let isConnected = true;

  const become = (change: ConnectionChange): void => {
    isConnected = change === 'back';
    for (const listener of [...listeners]) listener(change);
  };
  const follow = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') become('back');
      if (type === 'disconnect') become('lost');
    }
  };
  const close = (): void => {
    become('closed');
    listeners.clear();
  };
  follow().then(close, close);

  return {
    get isConnected() {
      return isConnected && !connection.isClosed();
    },
    get isClosed() {
      return connection.isClosed();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

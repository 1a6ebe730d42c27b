import type { NatsConnection } from '@nats-io/transport-node';

export type ConnectionChange = 'lost' | 'back' | 'closed';

/** What is known of a connection without asking. */
export interface ConnectionWatch {
  readonly isConnected: boolean;
  /** For good. */
  readonly isClosed: boolean;
  /** Calls at each change from now on; `'closed'` is the last one. Returns what ends it. */
  onChange(listener: (change: ConnectionChange) => void): () => void;
  /**
   * Calls with the broker's error when it does not permit something that was published, which nobody waits for an
   * answer to. Returns what ends it.
   */
  onForbidden(listener: (subject: string, error: Error) => void): () => void;
}

/** Follows the state of a connection for as long as it lives: it ends with the connection, by itself. */
export const watchConnection = (connection: NatsConnection): ConnectionWatch => {
  const listeners = new Set<(change: ConnectionChange) => void>();
  const refused = new Set<(subject: string, error: Error) => void>();
  let isConnected = true;

  const become = (change: ConnectionChange): void => {
    isConnected = change === 'back';
    for (const listener of [...listeners]) listener(change);
  };
  const forbid = (error: Error): void => {
    if (error.name !== 'PermissionViolationError' || !('subject' in error)) return;
    for (const listener of [...refused]) listener(String(error.subject), error);
  };
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') become('back');
      if (status.type === 'disconnect') become('lost');
      if (status.type === 'error') forbid(status.error);
    }
  };
  const close = (): void => {
    become('closed');
    listeners.clear();
    refused.clear();
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
    onForbidden: (listener) => {
      refused.add(listener);
      return () => {
        refused.delete(listener);
      };
    },
  };
};

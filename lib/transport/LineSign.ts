import type { ConnectionStatus } from './ConnectionStatus.js';
import type { SocketSign } from './SocketSign.js';

/** What a line says over any number of sockets: how it stands, and what comes in. */
export type LineSign =
  | { readonly kind: 'status'; readonly status: ConnectionStatus }
  | Exclude<SocketSign, { readonly kind: 'opened' }>;

/** The sign that says how the line stands. */
export const lineStatus = (status: ConnectionStatus): LineSign => ({ kind: 'status', status });

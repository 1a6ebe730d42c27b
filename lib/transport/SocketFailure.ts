import type { Failure } from './Failure.js';

/** Why one socket ended: plain data, which knows nothing of other attempts. */
export type SocketFailure = Omit<Failure, 'attempt' | 'uptimeMs' | 'cause'>;

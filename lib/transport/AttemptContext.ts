/** Why a token is asked for. */
export interface AttemptContext {
  /** The number of the attempt to connect, since the line was last stable; from 1. */
  readonly attempt: number;
  /** `'expired'`: the token's life is over. `'unauthorized'`: the server refused the token before. */
  readonly reason: 'first' | 'reconnect' | 'expired' | 'unauthorized';
}

/** Why a token is asked for, and for the how manieth attempt since the last stable line. */
export interface AttemptContext {
  /** 1 = the first attempt. */
  readonly attempt: number;
  /** `'expired'`: the token's life is over. `'unauthorized'`: the server refused the token before. */
  readonly reason: 'first' | 'reconnect' | 'expired' | 'unauthorized';
}

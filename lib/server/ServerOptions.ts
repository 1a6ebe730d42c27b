import type { Faults } from './faults/Faults.js';

export interface ServerOptions {
  /** Default: 0, which is any free one. */
  readonly port?: number;
  /** Default: 127.0.0.1, so only this machine can reach it. */
  readonly host?: string;
  /** Default: `local`. */
  readonly apiSpaceId?: string;
  /** The secret with which the app's backend signs. Default: a random one, which `issueJwt` uses. */
  readonly jwtSecret?: string;
  /**
   * How long a session is valid, in seconds; tokens of `issueToken` too. After that, requests and handshakes are
   * answered with 401, even if the token's own `exp`, which has whole seconds, is not quite reached. An open socket
   * stays open. Default: 3,600.
   */
  readonly sessionTtlS?: number;
  /**
   * A file that keeps everything across restarts and crashes of the process: messages, people, sessions and the
   * secret that signs them. It is created, readable by its owner only, if it does not exist. Default: nothing is
   * kept.
   */
  readonly data?: string;
  /** The seed of the random faults: the same seed gives the same faults. Default: 1. */
  readonly seed?: number;
  /** Default: none. */
  readonly faults?: Faults;
}

import type { Faults } from './faults/Faults.js';

export interface ServerOptions {
  /** Default: 0, which is any free one. */
  readonly port?: number;
  /** Default: 127.0.0.1, where nobody but this machine can reach it. */
  readonly host?: string;
  /** Default: `local`. */
  readonly apiSpaceId?: string;
  /** What the app's backend signs with. Default: a random one, which `issueJwt` knows. */
  readonly jwtSecret?: string;
  /**
   * How long a session is good, in seconds; for `issueToken` too. When it is over, requests and handshakes are
   * answered with 401, also where the token's own `exp`, which has whole seconds, is not quite there yet. A socket
   * that is open stays open. Default: 3,600.
   */
  readonly sessionTtlS?: number;
  /**
   * A file that keeps everything over restarts and crashes of the process: messages, people, sessions and the
   * secret that signs them. It is created, for its owner only, where there is none. Default: nothing is kept.
   */
  readonly data?: string;
  /** Which of all possible runs of the faults this one is. Default: 1. */
  readonly seed?: number;
  /** Default: none. */
  readonly faults?: Faults;
}

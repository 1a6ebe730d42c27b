import type { ComapiError } from '../fault/ComapiError.js';
import type { Fault } from '../fault/Fault.js';

/** The state of the line to the server. Times are in ms since 1970, by the client's scheduler. */
export type ConnectionStatus =
  | { readonly state: 'idle' | 'closing' | 'closed' }
  | {
      readonly state: 'connecting';
      /** 1 = the first since the line was last open for `stableAfterMs`. */
      readonly attempt: number;
    }
  | { readonly state: 'connected'; readonly since: number }
  | {
      readonly state: 'waiting';
      /** The attempt that comes next. */
      readonly attempt: number;
      /** When it will be made. `Infinity`: not before something changes, such as the device being online again. */
      readonly retryAt: number;
      readonly cause: Fault;
    }
  | { readonly state: 'failed'; readonly error: ComapiError };

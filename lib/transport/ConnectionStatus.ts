import type { ComapiError } from '../fault/ComapiError.js';
import type { Fault } from '../fault/Fault.js';

/** Where the line to the server stands. Times are in ms since 1970, by the client's scheduler. */
export type ConnectionStatus =
  | { readonly state: 'idle' | 'closing' | 'closed' }
  | {
      readonly state: 'connecting';
      /** 1 = the first since the last stable line. */
      readonly attempt: number;
    }
  | { readonly state: 'connected'; readonly since: number }
  | {
      readonly state: 'waiting';
      /** The attempt that comes next. */
      readonly attempt: number;
      /** `Infinity`: not before the circumstances change, such as that the device is online again. */
      readonly retryAt: number;
      readonly cause: Fault;
    }
  | { readonly state: 'failed'; readonly error: ComapiError };

import { memberOf } from './memberOf.js';

/** What the `error` event of a socket tells. Most platforms tell nothing; `ws` adds the error. */
export interface SocketTrouble {
  /** An `E…` code of the system or a `WS_ERR_…` code of `ws`. */
  readonly code?: string;
  /** The status of a refused handshake, where only a sentence names it. */
  readonly status?: number;
}

/** Reads an `error` event. Only codes are taken: the message may hold the URL, and with it the token. */
export const troubleIn = (event: unknown): SocketTrouble => {
  const error = memberOf(event, 'error');
  const code = memberOf(error, 'code');
  const status = /^Unexpected server response: (\d{3})$/.exec(String(memberOf(error, 'message')))?.[1];
  return {
    ...(typeof code === 'string' && { code }),
    ...(status !== undefined && { status: Number(status) }),
  };
};

/** Whether `ws` cut the line because of the size of a frame. */
export const isTooBig = ({ code = '' }: SocketTrouble): boolean => TOO_BIG.has(code);

const TOO_BIG = new Set([
  'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH',
  'WS_ERR_TOO_MANY_BUFFERED_PARTS',
]);

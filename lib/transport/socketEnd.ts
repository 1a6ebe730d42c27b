import { type Refusal } from './refusal.js';
import type { SocketFailure } from './SocketFailure.js';
import { isTooBig, type SocketTrouble } from './SocketTrouble.js';

/** All that is known when a socket has ended. */
export interface SocketEnd {
  readonly wasOpen: boolean;
  readonly trouble?: SocketTrouble | undefined;
  readonly close?: { readonly code?: number; readonly reason?: string } | undefined;
  readonly refusal?: Refusal | undefined;
}

/**
 * Tells why a socket ended.
 *
 * After an error that `ws` found itself the close code is an echo of our own: it is no word of the server, and
 * is not taken for one.
 */
export const socketEnd = (end: SocketEnd): SocketFailure => (end.wasOpen ? endOfLine(end) : noLine(end));

const endOfLine = ({ trouble = {}, close }: SocketEnd): SocketFailure => {
  if (isTooBig(trouble)) return { kind: 'close', reason: 'A frame was too big.' };
  if (trouble.code === 'WS_ERR_INVALID_UTF8') return { kind: 'close', closeCode: 1007 };
  if (isOwnError(trouble)) return { kind: 'close', closeCode: 1002 };
  return close === undefined ? { kind: 'network' } : { kind: 'close', ...wordsOf(close) };
};

const noLine = ({ trouble = {}, close = {}, refusal }: SocketEnd): SocketFailure => {
  if (refusal !== undefined) return { kind: 'handshake', ...refusal };
  if (trouble.status !== undefined) return { kind: 'handshake', status: trouble.status };
  if (trouble.code !== undefined && !isOwnError(trouble)) return { kind: 'network' };
  return { kind: 'handshake', ...wordsOf(close) };
};

const isOwnError = ({ code = '' }: SocketTrouble): boolean => code.startsWith('WS_ERR_');

const wordsOf = ({ code, reason }: NonNullable<SocketEnd['close']>): Omit<SocketFailure, 'kind'> => ({
  ...(typeof code === 'number' && { closeCode: code }),
  ...(typeof reason === 'string' && reason !== '' && { reason }),
});

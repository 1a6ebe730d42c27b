import { ComapiError } from '../fault/ComapiError.js';
import type { ErrorCode, Fault } from '../fault/Fault.js';
import { present } from '../stream/present.js';
import { complaintIn } from './Complaint.js';
import type { Failure } from './Failure.js';

/** What to show for a failure: the fault it came from where that is ours, else one in words of our own. */
export const failureFault = (failure: Failure): Fault =>
  failure.cause instanceof ComapiError ? failure.cause.fault : faultAs(kindOf(failure), failure);

/**
 * Puts a failure into words. They are made of kinds and codes only: the texts of platforms and servers may hold
 * the socket's URL, and with it the token.
 */
export const faultAs = (kind: ErrorCode, failure: Failure): Fault => {
  const { status, closeCode, retryAfterMs } = failure;
  return {
    kind,
    message: `${whatHappened(failure)}${CONSEQUENCE[kind] ?? ''}`,
    ...present({ status, closeCode, retryAfterMs }),
  };
};

const kindOf = (failure: Failure): ErrorCode => {
  const complaint = complaintIn(failure);
  if (complaint === 'overloaded') return failure.status === 503 ? 'http' : 'rate-limited';
  if (complaint !== undefined) return complaint;
  if (failure.kind === 'connect-timeout' || failure.kind === 'silent') return 'timeout';
  return failure.status === undefined ? 'network' : 'http';
};

const whatHappened = ({ kind, closeCode, status }: Failure): string => {
  if (kind === 'close' && closeCode !== undefined) return `The line was closed with code ${closeCode}.`;
  if (kind === 'handshake' && status !== undefined) {
    return `The server answered the handshake with ${status}.`;
  }
  return WHAT_HAPPENED[kind];
};

const WHAT_HAPPENED: Readonly<Record<Failure['kind'], string>> = {
  close: 'The line was lost.',
  handshake: 'The line did not open.',
  token: 'There was no token to connect with.',
  'connect-timeout': 'The line did not open in time.',
  silent: 'The server no longer answers.',
  network: 'The connection failed.',
  constructor: 'The socket could not be made.',
};

const CONSEQUENCE: Readonly<Partial<Record<ErrorCode, string>>> = {
  unauthorized: ' The server does not accept the token.',
  'retries-exhausted': ' No further attempt is made.',
};

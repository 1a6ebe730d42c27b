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
    message: `${whatHappened(failure)}${consequence(kind)}`,
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
  switch (kind) {
    case 'close':
      return closeCode === undefined ? 'The line was lost.' : `The line was closed with code ${closeCode}.`;
    case 'handshake':
      return status === undefined
        ? 'The line did not open.'
        : `The server answered the handshake with ${status}.`;
    case 'token':
      return 'There was no token to connect with.';
    case 'connect-timeout':
      return 'The line did not open in time.';
    case 'silent':
      return 'The server no longer answers.';
    case 'network':
      return 'The connection failed.';
    case 'constructor':
      return 'The socket could not be made.';
  }
};

const consequence = (kind: ErrorCode): string => {
  switch (kind) {
    case 'unauthorized':
      return ' The server does not accept the token.';
    case 'retries-exhausted':
      return ' No further attempt is made.';
    default:
      return '';
  }
};

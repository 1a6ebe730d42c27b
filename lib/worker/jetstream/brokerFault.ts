import { ComapiError } from '../../fault/ComapiError.js';
import { escapeText } from '../../fault/escapeText.js';
import type { ErrorCode } from '../../fault/Fault.js';

/**
 * Puts into one of our words what a request to the broker failed with.
 *
 * `'timeout'` and `'network'`: nobody knows whether it was done; asking again is right. Anything else will be the
 * same the next time: `'closed'` the connection, `'forbidden'` a permission is missing, `'refused'` the broker said
 * no. The broker's own words are kept as the cause; of the message, they may hold a subject but no event.
 */
export const brokerFault = (error: unknown): ComapiError => {
  if (error instanceof ComapiError) return error;
  const [kind, message] = reasonOf(error);
  return new ComapiError({ kind, message }, { cause: error });
};

/** Whether asking again may help. */
export const isTransientFault = ({ code }: ComapiError): boolean => code === 'timeout' || code === 'network';

/** By name: the classes belong to a package that is loaded when it is needed, perhaps in two copies. */
const reasonOf = (error: unknown): readonly [ErrorCode, string] => {
  const reason = unwrapped(error);
  switch (reason instanceof Error ? reason.name : '') {
    case 'TimeoutError':
      return ['timeout', 'The broker did not answer in time.'];
    case 'ClosedConnectionError':
    case 'DrainingConnectionError':
      return ['closed', 'The connection to the broker is closed.'];
    case 'PermissionViolationError':
    case 'AuthorizationError':
      return ['forbidden', 'The broker does not permit this connection to do that.'];
    case 'JetStreamNotEnabled':
      return ['refused', 'The broker does not run JetStream for this account.'];
    case 'InvalidArgumentError':
    case 'InvalidSubjectError':
      return ['refused', 'The broker does not take such a request.'];
    case 'JetStreamApiError':
    case 'StreamNotFoundError':
    case 'ConsumerNotFoundError':
      return isBusy(reason)
        ? ['network', `The broker cannot do it now: ${wordsOf(reason)}.`]
        : ['refused', `The broker refused: ${wordsOf(reason)}.`];
    default:
      return ['network', 'The broker could not be reached.'];
  }
};

/** What a request fails with wraps what it fails of: that there is no permission, for one. */
const unwrapped = (error: unknown): unknown =>
  error instanceof Error && error.name === 'RequestError' && error.cause !== undefined ? error.cause : error;

/** 503: no leader at the moment, no room at the moment. */
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && error.status === 503;

/** They are for people to read, so nothing in them may move a cursor or go on without end. */
const wordsOf = (error: unknown): string =>
  error instanceof Error ? escapeText(error.message.slice(0, LONGEST_WORDS)) : 'no reason given';

const LONGEST_WORDS = 200;

import { ComapiError } from '../../fault/ComapiError.js';
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
  const name = error instanceof Error ? error.name : '';
  switch (name) {
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
      return isBusy(error)
        ? ['network', `The broker cannot do it now: ${wordsOf(error)}.`]
        : ['refused', `The broker refused: ${wordsOf(error)}.`];
    default:
      return ['network', 'The broker could not be reached.'];
  }
};

/** 503: no leader at the moment, no room at the moment. */
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'status' in error && error.status === 503;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'no reason given');

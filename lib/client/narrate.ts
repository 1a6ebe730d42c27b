import { merge, noop, type Observable, tap } from 'rxjs';
import type { DecodeError } from '../wire/DecodeError.js';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import type { Logger } from '../transport/Logger.js';
import type { HandlerError } from '../feed/HandlerError.js';
import { safeLogger } from './safeLogger.js';

export interface Narrated {
  readonly status$: Observable<ConnectionStatus>;
  readonly decodeErrors$: Observable<DecodeError>;
  readonly handlerErrors$: Observable<HandlerError>;
}

/**
 * Tells the logger what happens, until the client closes. Frames and payloads are not passed on.
 *
 * Without one nobody listens, and of a frame that could not be understood nobody works out why.
 */
export const narrate = (
  given: Logger | false | undefined,
  { status$, decodeErrors$, handlerErrors$ }: Narrated,
): void => {
  if (!given) return;
  const logger = safeLogger(given);
  merge(
    status$.pipe(
      tap((status) => {
        tellStatus(logger, status);
      }),
    ),
    decodeErrors$.pipe(
      tap(({ kind, wireName, errors }) => {
        logger.warn('A frame could not be understood.', { kind, wireName, errors });
      }),
    ),
    handlerErrors$.pipe(
      tap(({ event, error }) => {
        logger.error(`A handler of ${event} threw.`, { error });
      }),
    ),
  ).subscribe({ error: noop });
};

const tellStatus = (logger: Logger, status: ConnectionStatus): void => {
  if (status.state === 'failed') logger.error('The line has failed.', { fault: status.error.fault });
  else if (status.state === 'waiting') logger.warn('The line is down.', { ...status });
  else logger.debug(`The line is ${status.state}.`, { ...status });
};

import type { ComapiError } from '../../fault/ComapiError.js';
import { brokerFault, isTransientFault } from './brokerFault.js';
import type { ConnectionWatch } from './connectionWatch.js';
import { rest } from '../rest.js';
import { stopwatch } from './stopwatch.js';

/**
 * Makes requests of a connection that may be lost now and then.
 *
 * What is sent while there is no connection, or is on the way when it breaks, is never answered. So a request waits
 * for the connection, is given up when that is lost, and is made again, for ten seconds in all. Only for requests
 * that may be made twice. With an aborted `signal` none is made again.
 */
export const whenConnected =
  (watch: ConnectionWatch) =>
  async <A>(request: () => Promise<A>, signal?: AbortSignal): Promise<A> => {
    const spent = stopwatch();
    for (;;) {
      const fault = await connectedWithin(watch, PATIENCE_MS - spent())
        .then(() => orLost(watch, request()))
        .then(
          (value) => ({ value }),
          (error: unknown) => brokerFault(error),
        );
      if ('value' in fault) return fault.value;
      if (!isTransientFault(fault) || spent() > PATIENCE_MS || signal?.aborted === true) throw fault;
      await rest(AGAIN_AFTER_MS, signal);
    }
  };

const PATIENCE_MS = 10_000;
const AGAIN_AFTER_MS = 50;

const connectedWithin = (watch: ConnectionWatch, ms: number): Promise<void> =>
  new Promise((resolve, reject) => {
    if (watch.isConnected) {
      resolve();
      return;
    }
    const over = (then: () => void) => (): void => {
      unwatch();
      clearTimeout(timer);
      then();
    };
    const unwatch = watch.onChange((change) => {
      if (change !== 'lost') over(resolve)();
    });
    const timer = setTimeout(
      over(() => {
        reject(lostConnection());
      }),
      Math.max(0, ms),
    );
    // Closed for good: the request will say so itself.
    if (watch.isClosed) over(resolve)();
  });

const orLost = <A>(watch: ConnectionWatch, answer: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    const unwatch = watch.onChange(() => {
      reject(lostConnection());
    });
    answer.then(resolve, reject).finally(unwatch);
  });

const lostConnection = (): ComapiError => brokerFault(new Error('lost'));

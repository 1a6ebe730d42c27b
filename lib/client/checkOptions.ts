import { isObservable } from 'rxjs';
import { checkTimes } from './checkTimes.js';
import type { ClientOptions } from './ClientOptions.js';

/**
 * Throws a `TypeError` or `RangeError` with a sentence for options that can only be a mistake, at the call
 * that made it.
 */
export const checkOptions = (options: ClientOptions): void => {
  checkLogin(options);
  checkAddress('urlBase', options.urlBase, ['https:', 'http:'], options.allowInsecure);
  checkAddress('webSocketBase', options.webSocketBase, ['wss:', 'ws:'], options.allowInsecure);
  checkSeams(options);
  checkNumbers(options);
};

const checkLogin = ({ apiSpaceId, profileId, authenticate, getToken }: ClientOptions): void => {
  if (!isId(apiSpaceId)) throw new TypeError('apiSpaceId must be a string that is not empty.');
  if (profileId !== undefined && !isId(profileId)) {
    throw new TypeError('profileId must be a string that is not empty.');
  }
  if ((authenticate === undefined) === (getToken === undefined)) {
    throw new TypeError('Exactly one of `authenticate` and `getToken` must be given.');
  }
};

const isId = (value: unknown): boolean => typeof value === 'string' && value !== '';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is no address at all is left to the line, which fails for good with `'invalid-url'`. */
const checkAddress = (
  name: string,
  address: string | undefined,
  [secure, insecure]: readonly [string, string],
  allowInsecure = false,
): void => {
  if (address === undefined || !URL.canParse(address)) return;
  const { protocol, hostname } = new URL(address);
  if (protocol === secure) return;
  if (protocol !== insecure) throw new TypeError(`${name} must begin with ${secure}//.`);
  if (!allowInsecure && !LOOPBACK.test(hostname)) {
    throw new TypeError(`${name} is not encrypted: use ${secure}//, or set allowInsecure.`);
  }
};

const checkSeams = ({
  authenticate,
  getToken,
  fetch,
  random,
  webSocketCtor,
  enabled,
}: ClientOptions): void => {
  const functions = { authenticate, getToken, fetch, random, webSocketCtor: webSocketCtor ?? undefined };
  for (const [name, value] of Object.entries<unknown>(functions)) {
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name} must be a function.`);
  }
  if (enabled !== undefined && typeof enabled !== 'boolean' && !isObservable(enabled)) {
    throw new TypeError('enabled must be true, false or an Observable of them.');
  }
};

const checkNumbers = ({ reconnect, heartbeat, history, ...options }: ClientOptions): void => {
  const { lingerMs, connectTimeoutMs, requestTimeoutMs, maxMessageBytes } = options;
  checkTimes({ lingerMs, connectTimeoutMs, requestTimeoutMs, maxMessageBytes });
  if (reconnect) {
    const { initialDelayMs, maxDelayMs, maxAttempts, stableAfterMs } = reconnect;
    checkTimes({ initialDelayMs, maxDelayMs, maxAttempts, stableAfterMs });
  }
  if (heartbeat) checkTimes({ intervalMs: heartbeat.intervalMs, timeoutMs: heartbeat.timeoutMs });

  const { maxConcurrent = 1, keepAliveMs } = history ?? {};
  checkTimes({ keepAliveMs });
  if (!(maxConcurrent >= 1)) throw new RangeError('maxConcurrent must be a number of at least 1.');
};

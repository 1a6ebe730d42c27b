import {
  check,
  checkKinds,
  count,
  either,
  FLAG,
  FUNCTION,
  type Kind,
  listOfKind,
  LOGGER,
  NAME,
  OBJECT,
  OBSERVABLE,
  or,
  required,
  SCHEDULER,
  SIGNAL,
  STORE,
  STRING,
  TIME,
  ZONE,
} from '../fault/checkKinds.js';
import { pathOf } from '../rest/pathOf.js';
import { isJsonObject } from '../wire/JsonObject.js';
import type { ClientOptions } from './ClientOptions.js';

/**
 * Throws a `TypeError` or `RangeError` with a sentence for options that can only be a mistake, at the call
 * that made it.
 */
export const checkOptions = (options: ClientOptions): void => {
  check(required(OBJECT), { options });
  checkKinds(options, OPTIONS);
  pathOf`/apispaces/${options.apiSpaceId}`;
  for (const name of ['reconnect', 'heartbeat', 'wakeOn', 'history'] as const) {
    checkKinds(options[name] || {}, OPTIONS_IN[name]);
  }
  checkAddress('urlBase', options.urlBase, ['https:', 'http:'], options.allowInsecure);
  checkAddress('webSocketBase', options.webSocketBase, ['wss:', 'ws:'], options.allowInsecure);
};

const ALIASES: Kind = {
  name: 'an object of lists of strings',
  fits: (value) => isJsonObject(value) && Object.values(value).every(listOfKind(STRING).fits),
};

const ENABLED = either(FLAG, OBSERVABLE);

const OPTIONS: Readonly<Record<keyof ClientOptions, Kind>> = {
  apiSpaceId: required(NAME),
  urlBase: STRING,
  webSocketBase: STRING,
  authenticate: FUNCTION,
  getToken: FUNCTION,
  profileId: NAME,
  sessionStore: STORE,
  enabled: ENABLED,
  allowInsecure: FLAG,
  eventAliases: ALIASES,
  autoDeliver: FLAG,
  lingerMs: TIME,
  connectTimeoutMs: TIME,
  requestTimeoutMs: TIME,
  reconnect: or(false, OBJECT),
  heartbeat: or(false, OBJECT),
  wakeOn: or(false, OBJECT),
  maxMessageBytes: TIME,
  history: OBJECT,
  webSocketCtor: or(null, FUNCTION),
  fetch: FUNCTION,
  scheduler: SCHEDULER,
  random: FUNCTION,
  zone: ZONE,
  logger: or(false, LOGGER),
  signal: SIGNAL,
};

const OPTIONS_IN = {
  reconnect: {
    initialDelayMs: TIME,
    maxDelayMs: TIME,
    maxAttempts: count(0),
    stableAfterMs: TIME,
    classify: FUNCTION,
  },
  heartbeat: { intervalMs: TIME, timeoutMs: TIME },
  wakeOn: { online: FLAG, visible: FLAG },
  // The rest of it is checked where the merge takes it.
  history: { maxConcurrent: count(1), keepAliveMs: TIME },
};

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

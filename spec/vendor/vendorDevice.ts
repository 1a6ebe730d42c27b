import type { Foundation } from '@comapi/sdk-js-foundation';
import { BehaviorSubject } from 'rxjs';
import type { LocalServer } from '../../lib/server/LocalServer.js';
import { until } from '../journey/until.js';
import { openVendorPage, type VendorPage } from './vendorPage.js';

/** What a handler was called with: the name of the event, and a copy of the data as JSON has it. */
export type Told = readonly [name: string, data: unknown];

/** The nine names under which both clients report. */
export const EVENT_NAMES = [
  'conversationDeleted',
  'conversationUndeleted',
  'conversationUpdated',
  'participantAdded',
  'participantRemoved',
  'participantTyping',
  'participantTypingOff',
  'profileUpdated',
  'conversationMessageEvent',
] as const;

/** Somebody's device with the vendor's SDK on it. */
export interface VendorDevice {
  readonly page: VendorPage;
  readonly foundation: Foundation;
  /** Every event of the nine names, in the order in which the handlers were called. */
  readonly told: readonly Told[];
  /** Whatever the SDK reports under another name: of the line, and frames that it has no name for. */
  readonly others: readonly Told[];
  /** Waits until it holds; rejects after ten seconds. */
  until(holds: () => boolean): Promise<void>;
}

/** Opens a page for `profileId` and makes the SDK ready: its session is not started yet. */
export const openVendorDevice = async (server: LocalServer, profileId: string): Promise<VendorDevice> => {
  const page = await openVendorPage();
  const config = new page.sdk.ComapiConfig()
    .withApiSpace(server.apiSpaceId)
    .withUrlBase(server.urlBase)
    .withWebSocketBase(server.webSocketBase)
    .withAuthChallenge(({ nonce }, answer) => {
      (answer as (jwt: string) => void)(server.issueJwt(profileId, nonce));
    })
    .withLogLevel(page.sdk.LogLevels.None);
  const foundation = await page.sdk.Foundation.initialise(config);

  const told: Told[] = [];
  const others: Told[] = [];
  const turn$ = new BehaviorSubject(0);
  const listen = (name: string, to: Told[]): void =>
    foundation.on(name, (data: unknown) => {
      to.push([name, plain(data)]);
      turn$.next(turn$.value + 1);
    });
  EVENT_NAMES.forEach((name) => listen(name, told));
  ['WebsocketOpened', 'WebsocketClosed', 'webSocketEvent'].forEach((name) => listen(name, others));

  return {
    page,
    foundation,
    told,
    others,
    until: async (holds) => {
      await until(turn$, holds);
    },
  };
};

/** Logs in, and waits for the open socket: from here on the device hears what happens. */
export const startVendorDevice = async (server: LocalServer, profileId: string): Promise<VendorDevice> => {
  const device = await openVendorDevice(server, profileId);
  await device.foundation.startSession();
  // Whoever looks at it has the socket opened.
  Reflect.get(device.foundation.services, 'appMessaging');
  await device.until(() => device.others.some(([name]) => name === 'webSocketEvent'));
  return device;
};

/** As JSON has it: without fields that are `undefined`, and of this realm. */
export const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

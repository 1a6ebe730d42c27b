import * as t from 'io-ts';

/** One login of one device. */
export const Session = t.intersection([
  t.type({ id: t.string, profileId: t.string, createdOn: t.string, expiresOn: t.string }),
  t.partial({
    deviceId: t.string,
    platform: t.string,
    platformVersion: t.string,
    sdkType: t.string,
    sdkVersion: t.string,
    sourceIp: t.string,
    nonce: t.string,
  }),
]);
export type Session = t.TypeOf<typeof Session>;

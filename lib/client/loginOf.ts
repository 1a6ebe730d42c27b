import type { ClientOptions } from './ClientOptions.js';

/** How a client logs in: by answering the server's challenge, or with the app's own tokens. */
export type Login =
  | ({ readonly kind: 'challenge' } & Required<Pick<ClientOptions, 'authenticate'>> & {
        readonly sessionStore: ClientOptions['sessionStore'];
      })
  | ({ readonly kind: 'tokens' } & Required<Pick<ClientOptions, 'getToken'>>);

/** Throws a `TypeError` for options that mean neither, or both. */
export const loginOf = ({ authenticate, getToken, sessionStore }: ClientOptions): Login => {
  if (authenticate !== undefined && getToken === undefined) {
    return { kind: 'challenge', authenticate, sessionStore };
  }
  if (getToken === undefined || authenticate !== undefined) {
    throw new TypeError('Exactly one of `authenticate` and `getToken` must be given.');
  }
  if (sessionStore !== undefined) {
    throw new TypeError('sessionStore must be absent with `getToken`: there is no session of ours to keep.');
  }
  return { kind: 'tokens', getToken };
};

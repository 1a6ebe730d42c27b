import type { IncomingMessage } from 'node:http';
import { pathOf } from './pathOf.js';
import type { Reply } from './Route.js';
import type { SideDoor } from './serveRequests.js';

/**
 * Answers `GET /jwt?profile=ann&nonce=n-1` with a JWT, as the backend of an app would after it has asked who is
 * there. This one asks nobody, so it answers only programs of this machine, under a name of this machine, and
 * pages that come from there: the page of a stranger, in the same browser, gets none.
 */
export const jwtDoor =
  (issueJwt: (profileId: string, nonce: string) => string): SideDoor =>
  (request) => {
    const path = pathOf(request);
    if (path?.raw !== '/jwt') return undefined;
    if (!isFromHere(request)) return refusal(403, 'Only programs and pages of this machine get a JWT.');

    const { origin } = request.headers;
    const headers = {
      Vary: 'Origin',
      ...(origin !== undefined && { 'Access-Control-Allow-Origin': origin }),
    };
    if (request.method !== 'GET') return { ...refusal(405, 'The method is not known here.'), headers };
    const profileId = path.query.get('profile');
    const nonce = path.query.get('nonce');
    if (!profileId || !nonce)
      return { ...refusal(400, "The query needs a 'profile' and a 'nonce'."), headers };
    return { status: 200, text: issueJwt(profileId, nonce), headers };
  };

const refusal = (status: number, message: string): Reply => ({ status, json: { message } });

/** The name counts too: one that a stranger owns may be made to lead here. */
const isFromHere = ({ socket, headers: { host = '', origin } }: IncomingMessage): boolean =>
  isLoopbackAddress(socket.remoteAddress ?? '') &&
  isLoopbackUrl(`http://${host}`) &&
  (origin === undefined || isLoopbackUrl(origin));

const isLoopbackAddress = (address: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(address);

const isLoopbackUrl = (text: string): boolean =>
  URL.canParse(text) && /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(new URL(text).hostname);

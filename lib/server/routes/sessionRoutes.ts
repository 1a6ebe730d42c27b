import * as t from 'io-ts';
import { Refusal } from '../Refusal.js';
import type { AuthorisedCall, Route } from '../http/Route.js';
import type { Challenges } from '../sessions/createChallenges.js';
import type { Sessions } from '../sessions/createSessions.js';
import type { Session } from '../state/Session.js';
import type { SocketHub } from '../sockets/createSocketHub.js';
import type { Space } from '../Space.js';

export interface SessionRoutesOptions {
  readonly space: Space;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly hub: SocketHub;
}

const DeviceFields = t.exact(
  t.partial({
    deviceId: t.string,
    platform: t.string,
    platformVersion: t.string,
    sdkType: t.string,
    sdkVersion: t.string,
  }),
);
const Login = t.intersection([
  t.type({ authenticationId: t.string, authenticationToken: t.string }),
  DeviceFields,
]);

/** Login in two steps, what becomes of the session, and where to push for it. */
export const sessionRoutes = ({
  space,
  challenges,
  sessions,
  hub,
}: SessionRoutesOptions): readonly Route[] => {
  const own = ({ param, session }: AuthorisedCall): Session => {
    const asked = space.state.sessions.get(param('sessionId'));
    if (!asked) throw new Refusal(404, 'The session does not exist.');
    if (asked.profileId !== session.profileId) throw new Refusal(403, "The session is somebody else's.");
    return asked;
  };

  return [
    {
      method: 'GET',
      path: '/sessions/start',
      isOpen: true,
      answer: () => ({ status: 200, json: { provider: 'jsonWebToken', ...challenges.start() } }),
    },
    {
      method: 'POST',
      path: '/sessions',
      isOpen: true,
      answer: async (call) => {
        const { authenticationId, authenticationToken, ...body } = await call.json(Login);
        const solved = challenges.solve(authenticationId, authenticationToken);
        if (!solved) throw new Refusal(401, 'The answer to the challenge is not accepted.');
        const { deviceId, platform, platformVersion, sdkType, sdkVersion } = body;
        const device = {
          ...(deviceId !== undefined && { deviceId }),
          ...(platform !== undefined && { platform }),
          ...(platformVersion !== undefined && { platformVersion }),
          ...(sdkType !== undefined && { sdkType }),
          ...(sdkVersion !== undefined && { sdkVersion }),
          sourceIp: call.sourceIp,
          nonce: solved.nonce,
        };
        const { token, session } = sessions.open(solved.profileId, device);
        return { status: 200, json: { token, session: shown(session) } };
      },
    },
    {
      method: 'GET',
      path: '/sessions/:sessionId',
      answer: (call) => ({ status: 200, json: shown(own(call)) }),
    },
    {
      method: 'DELETE',
      path: '/sessions/:sessionId',
      answer: (call) => {
        const { id } = own(call);
        sessions.end((session) => session.id === id);
        hub.drop((session) => session.id === id, 1_000);
        return { status: 204 };
      },
    },
    {
      method: 'PUT',
      path: '/sessions/:sessionId/push',
      answer: async (call) => {
        own(call);
        await call.json(t.UnknownRecord);
        return { status: 200, json: {} };
      },
    },
    {
      method: 'DELETE',
      path: '/sessions/:sessionId/push',
      answer: (call) => {
        own(call);
        return { status: 204 };
      },
    },
  ];
};

const shown = (session: Session): unknown => ({
  ...session,
  isActive: true,
  state: 'SessionStarted',
  provider: 'jsonWebToken',
  startedOn: session.createdOn,
});

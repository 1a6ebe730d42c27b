import { enter } from '../chat/access.js';
import { setTyping } from '../chat/setTyping.js';
import type { AuthorisedCall, Reply, Route } from '../http/Route.js';
import type { Space } from '../Space.js';

const path = '/conversations/:conversationId/typing';

/** That somebody is typing, and that they are not any more. */
export const typingRoutes = (space: Space): readonly Route[] => {
  const tell =
    (typing: boolean) =>
    ({ param, session: { profileId } }: AuthorisedCall): Reply => {
      setTyping(space, enter(space, param('conversationId'), profileId), { profileId, typing });
      return { status: 204 };
    };

  return [
    { method: 'POST', path, answer: tell(true) },
    { method: 'DELETE', path, answer: tell(false) },
  ];
};

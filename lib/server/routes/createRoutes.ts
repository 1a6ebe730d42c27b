import type { Route } from '../http/Route.js';
import { channelRoutes } from './channelRoutes.js';
import { contentRoutes } from './contentRoutes.js';
import { conversationRoutes } from './conversationRoutes.js';
import { messageRoutes } from './messageRoutes.js';
import { participantRoutes } from './participantRoutes.js';
import { profileRoutes } from './profileRoutes.js';
import { sessionRoutes, type SessionRoutesOptions } from './sessionRoutes.js';
import { typingRoutes } from './typingRoutes.js';

export interface RoutesOptions extends SessionRoutesOptions {
  /** Where this server is reached: for addresses that it hands out. */
  readonly urlBase: () => string;
}

/** Every endpoint of the server. */
export const createRoutes = ({ urlBase, ...options }: RoutesOptions): readonly Route[] => [
  ...sessionRoutes(options),
  ...conversationRoutes(options.space),
  ...participantRoutes(options.space),
  ...typingRoutes(options.space),
  ...messageRoutes(options.space),
  ...profileRoutes(options.space),
  ...contentRoutes(options.space, urlBase),
  ...channelRoutes,
];

import type { Timers } from './createTimers.js';
import type { Listener } from './http/createListener.js';
import type { LocalServer } from './LocalServer.js';
import type { Sessions } from './sessions/createSessions.js';
import type { SocketHub } from './sockets/createSocketHub.js';
import type { Space } from './Space.js';
import type { Session } from './state/Session.js';
import type { Journal } from './state/journal.js';

type LineControls = Pick<
  LocalServer,
  'push' | 'setFaults' | 'dropSockets' | 'revokeTokens' | 'restart' | 'close'
>;

export interface LineControlsOptions {
  readonly space: Space;
  readonly sessions: Sessions;
  readonly hub: SocketHub;
  readonly timers: Timers;
  readonly journal: Journal;
  readonly listener: Listener;
}

/** Lets a program cut lines, spoil them, and stop the server. */
export const lineControls = (options: LineControlsOptions): LineControls => {
  const { space, sessions, hub, timers, journal, listener } = options;
  let closed: Promise<void> | undefined;
  // Two restarts, or a restart and a close, take turns: a port cannot be opened while it is being freed.
  let turn = Promise.resolve();

  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const done = turn.then(step);
    turn = done.catch(() => {});
    return done;
  };

  const cutAndFree = async (): Promise<void> => {
    hub.drop();
    await listener.free();
  };

  return {
    push: hub.push,
    setFaults: (faults) => {
      space.faults.replace(faults);
      hub.followFaults();
    },
    dropSockets: ({ profileId, code } = {}) => {
      const dropped = hub.drop(ofProfile(profileId), code);
      for (let count = 0; count < dropped; count += 1) space.faults.count('dropped');
    },
    revokeTokens: (profileId) => {
      sessions.end(ofProfile(profileId));
      hub.drop(ofProfile(profileId));
    },
    restart: async () => {
      if (closed) throw new TypeError('The server is closed.');
      await inTurn(async () => {
        await cutAndFree();
        await listener.open();
      });
    },
    close: () => {
      closed ??= inTurn(async () => {
        await cutAndFree();
        timers.clear();
        journal.close();
      });
      return closed;
    },
  };
};

const ofProfile =
  (profileId: string | undefined) =>
  (session: Session): boolean =>
    profileId === undefined || session.profileId === profileId;

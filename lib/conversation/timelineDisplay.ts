import type { Fault } from '../fault/Fault.js';
import type { SyncStatus } from '../history/SyncStatus.js';
import type { Message } from '../projection/Message.js';
import type { MessagesThen } from '../projection/messageSequence.js';
import type { Timeline } from '../projection/Timeline.js';
import type { TimelineWindow } from '../projection/timelineWindow.js';
import { createWithUnsent } from '../projection/withUnsent.js';

/** All that is shown of a conversation. */
export interface Scene {
  readonly window: Pick<TimelineWindow, 'messages' | 'hasOlder' | 'hasNewer'>;
  readonly unsent: readonly Message[];
  readonly loadingOlder: boolean;
  readonly sync: SyncStatus;
  readonly problem: Fault | undefined;
}

/** Creates what shows scenes as timelines: those in which something is another than in the one before. */
export const timelineDisplay = (show: (timeline: Timeline) => void): ((scene: Scene) => void) => {
  const withUnsent = createWithUnsent();
  let shown: Timeline | undefined;
  let shownMessages: MessagesThen | undefined;

  return ({ window, unsent, loadingOlder, sync, problem = sync.problem }) => {
    const { hasOlder, hasNewer } = window;
    const messages = withUnsent(window.messages, unsent);
    const next = Object.defineProperty<Timeline>(
      {
        get messages() {
          // It may be shown again: who wants another order makes a list of their own.
          return Object.freeze(messages.value);
        },
        hasOlder,
        ...(hasNewer && { hasNewer }),
        loadingOlder,
        sync,
        ...(problem && { problem }),
      },
      INSPECT,
      IN_FULL,
    );
    if (shown !== undefined && shownMessages === messages && isSame(shown, next)) return;
    shown = next;
    shownMessages = messages;
    show(next);
  };
};

/** Node shows no value of a getter, and whoever logs a timeline wants to see messages. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Not enumerable: whoever compares or copies a timeline finds nothing but its fields. */
const IN_FULL = {
  value(this: Timeline): Timeline {
    return { ...this };
  },
};

/** Without the messages: comparing those would make the list. */
const isSame = (a: Timeline, b: Timeline): boolean =>
  a.hasOlder === b.hasOlder &&
  a.hasNewer === b.hasNewer &&
  a.loadingOlder === b.loadingOlder &&
  a.sync === b.sync &&
  a.problem === b.problem;

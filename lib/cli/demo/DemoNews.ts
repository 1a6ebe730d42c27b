import type { ConnectionStatus } from '../../transport/ConnectionStatus.js';
import type { Discontinuity } from '../../history/Discontinuity.js';
import type { SyncStatus } from '../../history/SyncStatus.js';
import type { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';
import type { Comparison } from './compareLogs.js';

/** Everything that the demo has to tell, in the words of its JSON lines. */
export type DemoNews =
  | {
      readonly type: 'start';
      readonly urlBase: string;
      readonly faults: string;
      readonly seed: number;
      readonly reader: string;
      readonly writers: readonly string[];
    }
  | { readonly type: 'event'; readonly event: ConversationMessageEvent }
  | { readonly type: 'hole'; readonly from: number; readonly to: number }
  | ({ readonly type: 'discontinuity' } & Discontinuity)
  | { readonly type: 'cut'; readonly code?: number }
  | { readonly type: 'line'; readonly status: ConnectionStatus['state'] }
  | { readonly type: 'sync'; readonly status: SyncStatus['state']; readonly cursor: number }
  | ({
      readonly type: 'result';
      readonly isWhole: boolean;
      readonly faults: Readonly<Record<string, number>>;
      readonly neverHappened: readonly string[];
    } & Comparison);

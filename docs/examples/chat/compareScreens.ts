import type { Screen } from './screen.js';
import { askFor } from './setup.js';

/** What is on the screens, compared with what the server has. */
export interface Comparison {
  /** Messages after the last one on a screen: they have not come yet. */
  readonly coming: number;
  /** Messages that are not on a screen although later ones are. */
  readonly missed: number;
}

interface TrueMessage {
  readonly id: string;
  readonly eventId: number;
}

/** Asks the host what the conversations that are open really hold. */
export const compareScreens = async (screens: readonly Screen[]): Promise<Comparison> => {
  const comparisons = await Promise.all(screens.map(compareScreen));
  const sum = (of: (comparison: Comparison) => number): number =>
    comparisons.map(of).reduce((total, count) => total + count, 0);
  return { coming: sum(({ coming }) => coming), missed: sum(({ missed }) => missed) };
};

const NOTHING: Comparison = { coming: 0, missed: 0 };

const compareScreen = async (screen: Screen): Promise<Comparison> => {
  const asked = screen.shown();
  const first = asked?.messages.find(({ sentEventId }) => sentEventId !== undefined)?.sentEventId;
  if (asked === undefined || first === undefined) return NOTHING;
  const query = new URLSearchParams({ conversation: asked.conversationId, from: String(first) });
  const truth = await askFor<readonly TrueMessage[]>(`truth?${query.toString()}`);

  const shown = screen.shown();
  if (shown?.conversationId !== asked.conversationId) return NOTHING;
  const ids = new Set(shown.messages.map(({ id }) => id));
  const last = Math.max(...shown.messages.map(({ sentEventId = -1 }) => sentEventId));
  const absent = truth.filter(({ id }) => !ids.has(id));
  return {
    coming: absent.filter(({ eventId }) => eventId > last).length,
    missed: absent.filter(({ eventId }) => eventId < last).length,
  };
};

import type { MessageFact } from '../projection/MessageFact.js';
import type { StatusMarks } from './statusMarks.js';

export interface DeliverParts {
  readonly marks: Pick<StatusMarks, 'markQuietly' | 'remember' | 'sessions'>;
  /** Who I am; undefined while that is not known, and then nothing is marked. */
  readonly me: () => string | undefined;
}

/** Marks the messages of others among these facts as delivered. What I have marked before is remembered. */
export const deliverFacts = (
  conversationId: string,
  facts: readonly MessageFact[],
  { marks, me }: DeliverParts,
): void => {
  const myself = me();
  if (myself === undefined) return;
  for (const fact of facts) {
    if (fact.kind !== 'status' || fact.profileId !== myself) continue;
    marks.remember({ conversationId, messageIds: [fact.messageId], status: fact.status });
  }
  const messageIds = facts.flatMap((fact) =>
    fact.kind === 'sent' && fact.sender !== undefined && fact.sender !== myself ? [fact.messageId] : [],
  );
  if (messageIds.length > 0) marks.markQuietly({ conversationId, messageIds, status: 'delivered' });
};

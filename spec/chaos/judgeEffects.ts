/** What the effects of many lives come to. */
export interface Verdict {
  readonly effects: number;
  readonly distinct: number;
  readonly repeated: number;
  /** One sentence for each thing that must not be. */
  readonly violations: readonly string[];
}

interface Seen {
  next: number;
  life: number;
  /** What this life must begin with at the latest. */
  expected: number;
}

const VIOLATIONS_SHOWN = 10;

/**
 * Compares effects, in the order in which they were done, with what there was to do: event 0 to `count - 1` of each
 * conversation.
 *
 * Within a life a conversation goes on event by event. A new life may go back, never ahead. So every event is there,
 * first occurrences are in order, and what is repeated is the same key.
 */
export const judgeEffects = (lines: Iterable<string>, counts: ReadonlyMap<string, number>): Verdict => {
  const seen = new Map<string, Seen>();
  const violations: string[] = [];
  let effects = 0;
  let distinct = 0;

  for (const line of lines) {
    const [, life = '', conversationId = '', position = ''] = /^(\d+) (.+)\/(\d+)$/.exec(line) ?? [];
    const at = Number(position);
    const before = seen.get(conversationId) ?? { next: 0, life: -1, expected: 0 };
    effects += 1;
    if (!counts.has(conversationId)) violations.push(`no such event: ${line}`);
    const isNewLife = Number(life) !== before.life;
    if (at > before.next) violations.push(`skipped ${before.next}: ${line}`);
    else if (!isNewLife && at !== before.expected) violations.push(`out of order: ${line}`);
    else if (Number(life) < before.life) violations.push(`a dead one works: ${line}`);
    if (at === before.next) distinct += 1;
    seen.set(conversationId, {
      next: Math.max(before.next, at + 1),
      life: Number(life),
      expected: at + 1,
    });
  }
  for (const [id, count] of counts) {
    const { next } = seen.get(id) ?? { next: 0 };
    if (next < count) violations.push(`lost: ${id}/${next} and ${count - next - 1} more`);
    if (next > count) violations.push(`more than there was: ${id}/${next - 1}`);
  }
  return {
    effects,
    distinct,
    repeated: effects - distinct,
    violations: violations.slice(0, VIOLATIONS_SHOWN),
  };
};

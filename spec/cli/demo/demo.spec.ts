import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../lib/cli/runCommand.js';
import { fakeTerminal } from '../fakeTerminal.js';

const records = (text: string): readonly Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('comapi-rx demo', () => {
  it('shows a whole conversation over a wild line, as JSON lines', async () => {
    const terminal = fakeTerminal();

    const code = await runCommand(['demo', '--once', '--faults', 'wild', '--seed', '3', '--json'], terminal);
    const told = records(terminal.out());
    const result = told.at(-1);

    expect(result).toMatchObject({
      type: 'result',
      isWhole: true,
      missing: [],
      repeated: [],
      outOfOrder: [],
    });
    expect(result).toMatchObject({ neverHappened: [] });
    expect(told.filter(({ type }) => type === 'cut').length).toBeGreaterThanOrEqual(3);
    expect(told.filter(({ type }) => type === 'event')).toHaveLength(Number(result?.['expected']));
    expect(code).toBe(0);
  }, 30_000);

  it.each<[string, (terminal: ReturnType<typeof fakeTerminal>) => unknown]>([
    ['it is interrupted', (terminal) => terminal.emit('SIGINT')],
    ['nobody reads it any more', ({ stdout }) => stdout.emit('error', new Error('EPIPE'))],
  ])(
    'ends with a comparison when %s',
    async (_, interrupt) => {
      const terminal = fakeTerminal();
      const code = runCommand(['demo', '--faults', 'mild'], terminal);
      await untilWritten(terminal, 'sync: live');
      interrupt(terminal);

      expect(await code).toBe(0);
      expect(terminal.out()).toContain('Complete and in order.');
      expect(terminal.listenerCount('SIGINT')).toBe(0);
    },
    30_000,
  );
});

/** Resolves once the demo has said `text`. */
const untilWritten = async (terminal: ReturnType<typeof fakeTerminal>, text: string): Promise<void> => {
  while (!terminal.out().includes(text)) await once(terminal, 'written');
};

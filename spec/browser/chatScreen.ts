import type { Locator, Page } from 'playwright-core';

/** The screen of one person, as somebody uses it. */
export interface ChatScreen {
  readonly node: Locator;
  /** Waits until the line says so. */
  untilLine(words: string | RegExp, timeout?: number): Promise<void>;
  open(conversation: string): Promise<void>;
  write(text: string): Promise<void>;
  /** Waits for a message with this text. */
  message(text: string): Locator;
  /** Where the messages on screen stand in the log, from top to bottom. */
  positions(): Promise<readonly number[]>;
}

export const chatScreen = (page: Page, name: string): ChatScreen => {
  const node = page.getByRole('region', { name: `The screen of ${name}` });
  return {
    node,
    untilLine: (words, timeout) =>
      node
        .getByRole('status')
        .filter({ hasText: words })
        .waitFor(timeout === undefined ? {} : { timeout }),
    open: async (conversation) => {
      await node.getByRole('button', { name: conversation }).click();
      await node.getByRole('heading', { level: 3, name: conversation }).waitFor();
    },
    write: async (text) => {
      const input = node.getByRole('textbox', { name: 'Your message' });
      await input.pressSequentially(text);
      await input.press('Enter');
    },
    message: (text) =>
      node.getByRole('group', { name: 'Messages' }).getByRole('listitem').filter({ hasText: text }),
    positions: () =>
      node
        .locator('[data-position]')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-position')))),
  };
};

import assert from 'node:assert/strict';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { firstValueFrom } from 'rxjs';
import { type Client } from '../../../lib/client/Client.js';
import { createClient } from '../../../lib/client/createClient.js';
import { nodeWebSocket } from '../../../lib/transport/nodeWebSocket.js';
import { until } from '../../journey/until.js';
import { complaintsOf, seriousFaults } from '../chromium.js';
import type { BuiltChat } from './builtChat.js';
import { cuttableLine } from './cuttableLine.js';
import { runCommand } from './runCommand.js';
import { servedFiles } from './servedFiles.js';
import { servedSpace, type ServedSpace } from './servedSpace.js';

const WIDE = { width: 1_100, height: 720 };
const NARROW = { width: 390, height: 780 };

/**
 * Uses the built application as Ann, in Chromium, while Bob writes from Node; the server is a third process. Leaves
 * pictures in `pictures`.
 */
export const driveChat = async (
  { folder, site }: BuiltChat,
  context: BrowserContext,
  pictures: string,
  say: (line: string) => void,
): Promise<void> => {
  const space = await servedSpace(folder);
  await runCommand(process.execPath, ['seed.mjs', space.urlBase, space.apiSpaceId], folder);
  const line = await cuttableLine(space.urlBase);
  const files = await servedFiles(site);
  const bob = openBob(space);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = complaintsOf(page);
  const shows = (text: string): Promise<void> => page.getByText(text, { exact: true }).waitFor();
  const write = async (text: string): Promise<void> => {
    await page.getByLabel('Message', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
  };
  const items = page.getByRole('log').getByRole('listitem');
  /** The bubble of a message with what stands around it. */
  const item = (text: string) => items.filter({ hasText: text });

  try {
    const garden = bob.conversation('garden');
    await page.setViewportSize(WIDE);
    await page.goto(`${files.url}/?me=ann&space=${space.apiSpaceId}&server=${line.urlBase}`);
    await page.getByRole('button', { name: 'Garden' }).getByLabel('2 unread').waitFor();
    await looksGood(page, pictures, 'list', say);
    await page.getByRole('button', { name: 'Garden' }).click();
    await page.getByRole('log').getByText('It sits on the roof.').waitFor();
    await page.getByLabel('2 unread').waitFor({ state: 'detached' });
    say('shows the conversations, opens one, and marks what it shows as read');

    await firstValueFrom(garden.send('Hello Ann'));
    await page.getByRole('log').getByText('Hello Ann').waitFor();
    await write('Hello Bob');
    await item('Hello Bob').getByText('Delivered').or(item('Hello Bob').getByText('Sent')).waitFor();
    const { messages } = await until(garden.timeline(), (timeline) =>
      timeline.messages.some(({ sender, parts }) => sender === 'ann' && parts[0]?.data === 'Hello Bob'),
    );
    await firstValueFrom(garden.markRead(messages.map(({ id }) => id)));
    await item('Hello Bob').getByText('Read by bob').waitFor();
    say('receives, sends, and shows who has read it');

    await firstValueFrom(garden.setTyping(true));
    await shows('bob is typing…');
    const annTypes = until(garden.typing$, (typists) => typists.includes('ann'));
    await page.getByLabel('Message', { exact: true }).fill('An unfinished');
    await annTypes;
    await looksGood(page, pictures, 'garden', say);
    say('shows who is typing, and tells that Ann is');

    await page.getByRole('button', { name: 'Shed' }).click();
    await page.getByRole('log').getByText('120 of 120 hedgehogs').waitFor();
    assert.equal(
      await page.getByLabel('Message', { exact: true }).inputValue(),
      '',
      'the draft has moved along',
    );
    const before = await items.count();
    assert.ok(before < 110, `only a page at first, not ${String(before)} messages`);
    assert.ok(await page.getByText('120 of 120 hedgehogs').last().isVisible());
    // Asked once for each frame of the screen, it scrolls to the top until there is nothing above.
    await page.waitForFunction(() => {
      document.querySelector('[role=log] li')?.scrollIntoView();
      return [...document.querySelectorAll('[role=log] p')].some(
        ({ textContent }) => textContent === '1 of 120 hedgehogs',
      );
    });
    await page.getByText('Older messages').waitFor({ state: 'detached' });
    assert.equal(await items.count(), 120);
    say('loads older pages as one scrolls, until there are none');

    await page.getByRole('button', { name: 'Garden' }).click();
    await page.getByRole('log').getByText('Hello Bob').waitFor();
    assert.deepEqual(complaints, []);
    line.cut();
    await page.getByRole('status').getByText('You are offline').waitFor();
    await write('Written offline');
    await item('Written offline').getByText('Not sent').waitFor();
    await firstValueFrom(garden.send('Said while you were away'));
    await looksGood(page, pictures, 'offline', say);
    line.mend();
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByRole('log').getByText('Said while you were away').waitFor();
    await page.getByText('You are offline').waitFor({ state: 'detached' });
    await item('Written offline').getByRole('button', { name: 'Retry' }).click();
    await until(garden.timeline(), (timeline) =>
      timeline.messages.some(({ parts }) => parts[0]?.data === 'Written offline'),
    );
    await item('Written offline').getByText('Not sent').waitFor({ state: 'detached' });
    assert.equal(await item('Written offline').count(), 1);
    say('survives a cut line: misses nothing, and sends again what had failed');

    // What Chromium itself says of a broken line is no fault of the page.
    const ofTheCut = /net::ERR_|WebSocket connection to/;
    assert.deepEqual(
      complaints.filter((complaint) => !ofTheCut.test(complaint)),
      [],
    );
    say('no error in the console');
  } catch (error) {
    await page.screenshot({ path: path.join(pictures, 'failure.png') });
    throw new Error(`The page said: ${complaints.join('; ') || 'nothing'}`, { cause: error });
  } finally {
    await page.close();
    await bob.close();
    await files.close();
    await line.close();
    await space.close();
  }
};

const openBob = ({ urlBase, apiSpaceId }: ServedSpace): Client =>
  createClient({
    apiSpaceId,
    urlBase,
    webSocketBase: urlBase.replace(/^http/, 'ws'),
    webSocketCtor: nodeWebSocket(),
    authenticate: async ({ nonce }) => {
      const query = new URLSearchParams({ profile: 'bob', nonce });
      return (await fetch(`${urlBase}/jwt?${query.toString()}`)).text();
    },
  });

/** Takes a picture of the page in each theme and width, and lets axe-core look at it. */
const looksGood = async (
  page: Page,
  pictures: string,
  name: string,
  say: (line: string) => void,
): Promise<void> => {
  for (const [width, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(pictures, `${name}-${width}-${colorScheme}.png`) });
      assert.deepEqual(await seriousFaults(page), [], `axe-core, ${name}, ${width}, ${colorScheme}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!tooWide, `${name} scrolls sideways when it is ${width}`);
    }
  }
  await page.setViewportSize(WIDE);
  say(`${name}: nothing serious for axe-core in both themes and two widths`);
};

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { firstValueFrom } from 'rxjs';
import type { Setup } from '../../docs/examples/chat/setup.js';
import { createClient } from '../../lib/client/createClient.js';
import { type ChatScreen, chatScreen } from './chatScreen.js';
import { chromiumFor, complaintsOf, type FreshChromium, launchChromium, seriousFaults } from './chromium.js';
import { type DemoPage, startDemoPage } from './demoPage.js';

const executablePath = chromiumFor('spec/browser/chat');

/** What the browser itself says of requests and sockets that fail, as they are made to here. */
const OF_THE_NETWORK = /^console: (Failed to load resource|WebSocket connection to)/;

interface VisitOptions {
  /** Complaints that are meant to be. */
  readonly allowed?: RegExp;
  /** Runs before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const SPOILT: VisitOptions = { allowed: OF_THE_NETWORK };

interface Visit {
  readonly page: Page;
  readonly ann: ChatScreen;
  readonly bob: ChatScreen;
}

(executablePath === undefined ? describe.skip : describe)('the chat page', () => {
  let demo: DemoPage;
  let chromium: FreshChromium;

  beforeAll(async () => {
    [demo, chromium] = await Promise.all([startDemoPage(), launchChromium(executablePath ?? '')]);
    chromium.context.setDefaultTimeout(10_000);
  }, 90_000);

  afterAll(async () => {
    await chromium.close();
    await demo.interrupt();
  });

  // What one test has spoilt is whole again for the next.
  afterEach(async () => {
    await chromium.context.setOffline(false);
    const { switches } = (await (await demo.ask('state')).json()) as { switches: object };
    await Promise.all(Object.keys(switches).map((name) => turn(name, false)));
  });

  const turn = async (name: string, isOn: boolean): Promise<void> => {
    await demo.ask(`switches/${name}`, isOn ? 'PUT' : 'DELETE');
  };
  const truth = async (conversation: string): Promise<readonly number[]> => {
    const response = await demo.ask(`truth?conversation=${encodeURIComponent(conversation)}`);
    return ((await response.json()) as readonly { eventId: number }[]).map(({ eventId }) => eventId);
  };

  const deleteConversation = async (id: string): Promise<void> => {
    const { server } = (await (await demo.ask('setup')).json()) as Setup;
    const client = createClient({
      ...server,
      webSocketCtor: null,
      authenticate: async ({ nonce }) => (await demo.ask(`jwt?profile=ann&nonce=${nonce}`)).text(),
    });
    await firstValueFrom(client.rest.deleteConversation(id), { defaultValue: undefined });
    await client.close();
  };

  /** Opens the page, uses it, and wants to hear no complaint: of the page, its policy, or the browser. */
  const visit = async (
    use: (visit: Visit) => Promise<void>,
    { allowed, prepare }: VisitOptions = {},
  ): Promise<void> => {
    const page = await chromium.context.newPage();
    const complaints = complaintsOf(page);
    await prepare?.(page);
    try {
      const [ann, bob] = await openPage(page);
      await use({ page, ann, bob });
    } finally {
      await page.close();
    }
    expect(complaints.filter((complaint) => allowed?.test(complaint) !== true)).toEqual([]);
  };

  const openPage = async (page: Page): Promise<readonly [ChatScreen, ChatScreen]> => {
    await page.goto(demo.url);
    const screens = [chatScreen(page, 'Ann'), chatScreen(page, 'Bob')] as const;
    await Promise.all(
      screens.map(async ({ node, untilLine }) => {
        await untilLine('Live');
        await node.getByRole('heading', { level: 3, name: 'The garden' }).waitFor();
      }),
    );
    return screens;
  };

  it('shows what one writes to the other, while it is written and when it was read', () =>
    visit(async ({ ann, bob }) => {
      await ann.node.getByRole('textbox').pressSequentially('Come ');
      await bob.node.getByText('Ann is typing…').waitFor();
      await ann.write('and see the frogs!');

      await bob.message('Come and see the frogs!').waitFor();
      await ann.message('Come and see the frogs!').getByText('Read by Bob').waitFor();
      expect(await ann.message('Come and see the frogs!').count()).toBe(1);
      expect(await bob.node.getByText('Ann is typing…').count()).toBe(0);
    }));

  it('counts what is unread, until it is opened, with nothing but the keyboard', () =>
    visit(async ({ page, ann }) => {
      const jam = ann.node.getByRole('button', { name: /Plum jam .* 2 unread/ });
      await jam.waitFor();
      await tabTo(page, jam);
      await page.keyboard.press('Enter');

      await ann.message('I bring six on Sunday.').waitFor();
      await jam.waitFor({ state: 'detached' });
      const open = ann.node.getByRole('button', { name: 'Plum jam' });
      expect(await open.getAttribute('aria-current')).toBe('true');
      expect(await isFocused(open)).toBe(true);
      await tabTo(page, ann.node.getByRole('group', { name: 'Messages' }));
      await tabTo(page, ann.node.getByRole('textbox'));
    }));

  it('goes back to the first message, and what is read stays in its place', () =>
    visit(async ({ page, ann }) => {
      const scroller = ann.node.getByRole('group', { name: 'Messages' });
      const begins = ann.node.getByText('The conversation begins here.');
      const [first = -1] = await ann.positions();
      const top = () =>
        scroller.evaluate(
          (node, position) =>
            node.querySelector(`[data-position="${position}"]`)?.getBoundingClientRect().top,
          first,
        );
      await scroller.evaluate((node) => node.scrollTo(0, 60));
      await drawn(page);
      const before = await top();
      await page.waitForFunction(
        (position) =>
          Number(document.querySelector('[data-position]')?.getAttribute('data-position')) < position,
        first,
      );
      const after = await top();

      expect(Math.abs(Number(after) - Number(before))).toBeLessThan(2);
      await scroller.focus();
      while (!(await begins.isVisible())) await page.keyboard.press('Home');
      await ann.message('This is the first message of all.').waitFor();
      expect(await ann.positions()).toEqual(await truth('garden'));
    }));

  it('stays at the end when there is less room for the messages', () =>
    visit(async ({ page, ann }) => {
      const scroller = ann.node.getByRole('group', { name: 'Messages' });
      const toEnd = () => scroller.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
      await scroller.evaluate((node) => {
        node.scrollTop -= 20;
      });
      await drawn(page);
      // Both at once: the browser tells of the scroll before it tells of the room.
      await scroller.evaluate((node) => {
        node.scrollTop += 5;
        node.closest('article')?.querySelector('header')?.style.setProperty('min-height', '9rem');
      });
      await drawn(page);

      expect(await toEnd()).toBeLessThan(2);
    }));

  it('catches up after cuts and losses: nothing is missing, twice, or out of order', () =>
    visit(async ({ page, ann, bob }) => {
      const { heard } = await listenTo(page);
      await turn('chatter', true);
      await turn('lossy', true);
      await turn('lagging', true);
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await page.getByRole('button', { name: 'Cut the line' }).click();
        await page.locator('[data-counter="cuts"]', { hasText: new RegExp(`^${2 * cuts + 2}$`) }).waitFor();
        await Promise.all([ann.untilLine('Live'), bob.untilLine('Live')]);
      }
      await page.locator('[data-counter="lost"]:not(:text-is("0"))').waitFor();
      await Promise.all(['chatter', 'lossy', 'lagging'].map((name) => turn(name, false)));
      const log = await truth('garden');
      const last = log.at(-1) ?? -1;
      await Promise.all([ann, bob].map(({ node }) => node.locator(`[data-position="${last}"]`).waitFor()));

      for (const screen of [ann, bob]) {
        const positions = await screen.positions();
        expect(positions).toEqual(log.filter((position) => position >= (positions[0] ?? -1)));
      }
      await page.locator('[data-counter="coming"]', { hasText: /^0$/ }).waitFor();
      expect(await page.locator('[data-counter="missed"]').textContent()).toBe('0');
      expect(await heard()).toEqual(expect.arrayContaining(['Catching up…', 'Live']));
    }, SPOILT));

  it('keeps what could not be sent, until it is sent again or thrown away', () =>
    visit(async ({ ann, bob }) => {
      await turn('refusing', true);
      await ann.write('One for the wind');
      await ann.write('One for Bob');
      await ann.message('One for the wind').getByRole('button', { name: 'Discard' }).click();
      await ann.message('One for the wind').waitFor({ state: 'detached' });
      const again = ann.message('One for Bob').getByRole('button', { name: 'Try again' });
      await again.waitFor();
      await turn('refusing', false);
      await again.click();

      await bob.message('One for Bob').waitFor();
      await ann.message('One for Bob').getByText('Read by Bob').waitFor();
      expect(await bob.message('One for').count()).toBe(1);
    }, SPOILT));

  it('waits with a countdown, and tries at once when the page is seen again', () =>
    visit(
      async ({ page, ann }) => {
        await turn('down', true);
        await ann.untilLine('No connection');
        await ann.node.getByText('4 s', { exact: true }).waitFor();
        await see(page, 'hidden');
        await turn('down', false);
        expect(await ann.node.getByRole('button', { name: 'Try now' }).isVisible()).toBe(true);
        await see(page, 'visible');

        // Less than the countdown, which stood above three seconds.
        await ann.untilLine('Live', 2_500);
      },
      {
        allowed: OF_THE_NETWORK,
        prepare: async (page) => {
          // The longest waits that there are.
          await page.addInitScript(() => (Math.random = () => 0.999));
        },
      },
    ));

  it('shows after a while in the background what was written meanwhile', () =>
    visit(async ({ page, ann, bob }) => {
      await see(page, 'hidden');
      await demo.ask('cuts', 'POST');
      const other = await chromium.context.newPage();
      const [, bobElsewhere] = await openPage(other);
      await bobElsewhere.write('Are you still there?');
      await bobElsewhere.message('Are you still there?').waitFor();
      await other.close();
      await see(page, 'visible');

      const asked = [ann, bob].map(({ message }) => message('Are you still there?'));
      await Promise.all(asked.map((message) => message.waitFor()));
      expect(await Promise.all(asked.map((message) => message.count()))).toEqual([1, 1]);
    }));

  it('does nothing while the device is offline, and is back with it', () =>
    visit(async ({ page, ann }) => {
      await page.context().setOffline(true);
      await demo.ask('cuts', 'POST');
      await ann.untilLine('The device is offline');
      expect(await ann.node.locator('.countdown').textContent()).toBe('');
      await page.context().setOffline(false);

      await ann.untilLine('Live', 2_500);
    }, SPOILT));

  it('finds out by its own messages that the line is dead although it is open', () =>
    visit(async ({ page, ann }) => {
      const { heard } = await listenTo(page);
      await turn('frozen', true);
      const isReplaced = async (): Promise<boolean> =>
        (await heard()).some((words) => words.startsWith('Connecting'));
      let said = 0;
      while (said < 50 && !(await isReplaced())) await ann.write(`Does anybody hear me? ${(said += 1)}.`);
      const texts = ann.message('Does anybody hear me?').locator('.text');

      expect(await isReplaced()).toBe(true);
      await ann.message(`hear me? ${said}.`).locator('.receipt', { hasText: 'Sent' }).waitFor();
      expect(await texts.allTextContents()).toEqual(
        Array.from({ length: said }, (_, index) => `Does anybody hear me? ${index + 1}.`),
      );
      await turn('frozen', false);
      await ann.untilLine('Live');
    }, SPOILT));

  it('shows the same in two tabs', () =>
    visit(async ({ ann, bob }) => {
      const other = await chromium.context.newPage();
      const [annElsewhere, bobElsewhere] = await openPage(other);
      await ann.write('Said in one tab');
      await Promise.all(
        [annElsewhere, bobElsewhere, bob].map(({ message }) => message('Said in one tab').waitFor()),
      );

      expect(await annElsewhere.message('Said in one tab').getAttribute('class')).toContain('mine');
      await other.close();
    }));

  it('shows names, ids and messages that mean harm as the text that they are', () =>
    visit(
      async ({ page, ann }) => {
        await ann.open('Odd <b>messages</b>');
        await ann.message('<script>document.title="broken"</script>').waitFor();

        await ann.message('<img src=x onerror="document.title=\'broken\'">').waitFor();
        expect(await ann.node.locator('b, i, img, script, a').count()).toBe(0);
        expect(await page.title()).toBe('Two people chat · comapi-rx');
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
          true,
        );
        const marked = page.evaluate(() => {
          document.body.innerHTML = '<b>markup</b>';
        });
        await expect(marked).rejects.toThrow('TrustedHTML');
      },
      { allowed: /requires 'TrustedHTML'/ },
    ));

  it('says that a conversation has gone, and takes no more messages for it', () =>
    visit(
      async ({ ann, bob }) => {
        await ann.open('Plum jam');
        await bob.open('Plum jam');
        await ann.message('I bring six on Sunday.').waitFor();
        await deleteConversation('jam');

        const told = [ann, bob].map(({ node }) => node.getByText('This conversation was deleted.'));
        await Promise.all(told.map((words) => words.waitFor()));
        expect(await ann.node.getByRole('textbox').count()).toBe(0);
        await ann.node.getByRole('button', { name: 'Plum jam' }).waitFor({ state: 'detached' });
      },
      // A mark may still be on its way when what it is for has gone.
      { allowed: /^console: Failed to load resource: .* 404/ },
    ));

  it.each([
    ['light', 1_280],
    ['dark', 1_280],
    ['light', 390],
    ['dark', 390],
  ] as const)('keeps nobody out: %s, %d pixels wide', (colorScheme, width) =>
    visit(async ({ page, ann, bob }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await turn('refusing', true);
      await ann.write('It is not sent');
      await ann.message('It is not sent').getByRole('button', { name: 'Discard' }).waitFor();
      await turn('refusing', false);
      const isNarrow = width < 800;
      expect(await bob.node.isVisible()).toBe(!isNarrow);

      expect(await seriousFaults(page)).toEqual([]);
      if (!isNarrow) return;
      await page.getByRole('group', { name: 'Whose screen' }).getByRole('button', { name: 'Bob' }).click();
      expect([await ann.node.isVisible(), await bob.node.isVisible()]).toEqual([false, true]);
      expect(await seriousFaults(page)).toEqual([]);
    }, SPOILT),
  );
});

(executablePath === undefined ? describe.skip : describe)('comapi-rx demo --web', () => {
  it('ends with Ctrl-C, and leaves its port', async () => {
    const demo = await startDemoPage();
    expect((await fetch(demo.url)).status).toBe(200);

    expect(await demo.interrupt()).toBe(0);
    await expect(fetch(demo.url)).rejects.toThrow('fetch failed');
  }, 60_000);
});

/** Waits until what was changed has been drawn, and all who watch it have been told. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((node) => node === document.activeElement);

/** Presses Tab until this has the focus, which it gets within one round. */
const tabTo = async (page: Page, locator: Locator): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await isFocused(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${String(locator)}.`);
};

/** What the line of the first screen says from now on, each once. */
const listenTo = async (page: Page): Promise<{ heard(): Promise<readonly string[]> }> => {
  const heard = new Set<string>();
  await page.exposeFunction('heard', (words: string) => heard.add(words));
  await page.evaluate(() => {
    const status = document.querySelector('[role="status"]');
    const tell = (globalThis as unknown as { heard(words: string): void }).heard;
    if (status === null) return;
    new MutationObserver(() => {
      tell(status.textContent);
    }).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return { heard: () => Promise.resolve([...heard]) };
};

/** Puts the page into the background or back, as far as the page can know: without a window it is never there. */
const see = (page: Page, visibility: 'hidden' | 'visible'): Promise<void> =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);

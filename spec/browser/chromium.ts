import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axe from 'axe-core';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Chromium with nothing in it: a fresh profile, and no talk with the outside. */
export interface FreshChromium {
  readonly context: BrowserContext;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium of this machine: `CHROMIUM`, or the first on the path; undefined where there is none. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    existsSync(file),
  );
};

/**
 * Says what a check does where there is no Chromium: it fails where `CI` is set, and else says loudly what was not
 * checked.
 *
 * @returns The Chromium, or undefined when the check shall be left out.
 */
export const chromiumFor = (check: string): string | undefined => {
  const executablePath = findChromium();
  if (executablePath !== undefined) return executablePath;
  const sentence = `${check}: NOT CHECKED, there is no Chromium (apt-get install chromium, or CHROMIUM=/path/to/it)`;
  if ((process.env['CI'] ?? '') !== '') throw new Error(sentence);
  process.stderr.write(`\n*** ${sentence} ***\n\n`);
  return undefined;
};

/** Starts the Chromium of `executablePath` without a window. */
export const launchChromium = async (executablePath: string): Promise<FreshChromium> => {
  const profile = mkdtempSync(path.join(tmpdir(), 'comapi-rx-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    // Root has no sandbox; the other flags keep it from asking its maker's hosts.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};

/** What axe-core finds in a page that is serious or critical, one line for each place. */
export const seriousFaults = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  // Runs in the page, where `axe` is the global that its source has made.
  const { violations } = await page.evaluate(async () =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
};

/** Chromium prints whole addresses. */
const withoutToken = (text: string): string => text.replaceAll(/token=[^\s'&]*/g, 'token=…');

/** Keeps what a page complains about: errors of its console, and what nobody caught. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${withoutToken(message.text())}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${String(error)}`));
  return complaints;
};

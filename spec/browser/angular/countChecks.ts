import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { startServer } from '../../../lib/server/startServer.js';
import { complaintsOf } from '../chromium.js';
import type { BuiltChat } from './builtChat.js';
import { servedFiles } from './servedFiles.js';

/** What `countingPage.mjs` tells. */
interface Told {
  readonly checks: number;
  /** Events that have come in. */
  readonly frames: number;
  /** Messages that are shown. */
  readonly texts: number;
  readonly live: boolean;
  readonly stable: boolean;
  readonly status: string;
  /** Whether a template was ever checked inside the zone. */
  readonly inZone: boolean;
}

interface Counted {
  /** Checks of the template that a thousand frames cause which it does not show. */
  readonly unseen: number;
  /** Checks that a hundred messages in one go cause which it does show. */
  readonly burst: number;
}

const UNSEEN = 1_000;
const BURST = 100;
const A_HANDFUL = 10;

/** Counts checks of a template in applications with zone.js and without, against `toSignal` on a bare client. */
export const countChecks = async (
  { folder }: BuiltChat,
  context: BrowserContext,
  say: (line: string) => void,
): Promise<void> => {
  for (const zone of ['zoneless', 'zone.js'] as const) {
    const site = await bundled(folder, zone);
    const ours = await counted(site, context, 'ours');
    const raw = await counted(site, context, 'raw');
    say(`${zone}: checks for ${UNSEEN} frames nobody shows: ${ours.unseen} (bare toSignal: ${raw.unseen})`);
    say(`${zone}: checks for a burst of ${BURST}: ${ours.burst} (bare toSignal: ${raw.burst})`);
    assert.equal(ours.unseen, 0);
    assert.ok(ours.burst >= 1 && ours.burst <= A_HANDFUL, `${ours.burst} checks for a burst`);
    // The control: where this measure could not count, it would prove nothing.
    if (zone === 'zone.js') assert.ok(raw.unseen >= UNSEEN, `only ${raw.unseen} checks of the control`);
  }
  say('both become stable though the line is open');
};

/** As the builder of Angular does it, but for the templates, which the browser compiles. */
const bundled = async (folder: string, zone: 'zoneless' | 'zone.js'): Promise<string> => {
  const site = path.join(folder, `counting-${zone}`);
  const page = path.join(folder, 'countingPage.mjs');
  cpSync('spec/browser/angular/countingPage.mjs', page);
  const withZone = zone === 'zone.js';
  const bundle = await build({
    stdin: {
      contents: `${withZone ? "import 'zone.js';" : ''} import './countingPage.mjs';`,
      resolveDir: folder,
    },
    bundle: true,
    outfile: path.join(site, 'main.js'),
    conditions: ['es2015', 'module'],
    mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
    define: { WITH_ZONE: String(withZone), ngDevMode: 'false' },
    format: 'esm',
    target: 'es2022',
    // zone.js comes from here; the application has none.
    nodePaths: [path.resolve('node_modules')],
  });
  assert.deepEqual(bundle.warnings, []);
  writeFileSync(
    path.join(site, 'index.html'),
    '<!doctype html><html lang="en"><link rel="icon" href="data:,"><app-root></app-root><script type="module" src="main.js"></script></html>',
  );
  return site;
};

const counted = async (site: string, context: BrowserContext, adapter: 'ours' | 'raw'): Promise<Counted> => {
  const server = await startServer();
  const files = await servedFiles(site);
  const garden = server.createConversation({ id: 'garden', participants: ['ann', 'bob'] });
  const shed = server.createConversation({ id: 'shed', participants: ['ann', 'bob'] });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const told = async (fits: (now: Told) => boolean, what: string): Promise<Told> => {
    // The page keeps it in a global of this name.
    const now = (): Promise<Told> => page.evaluate(() => (globalThis as unknown as { told: Told }).told);
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      const present = await now();
      if (fits(present)) return present;
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    assert.fail(`${what} was never seen: ${JSON.stringify(await now())}; ${complaints.join('; ')}`);
  };

  try {
    const query = new URLSearchParams({
      adapter,
      url: server.urlBase,
      token: server.issueToken('ann'),
      space: server.apiSpaceId,
    });
    await page.goto(`${files.url}/?${query.toString()}`);
    await page.waitForFunction(() => 'told' in globalThis);
    const open = await told(({ live, status }) => live && status === 'connected', 'an open line');
    if (adapter === 'ours')
      await told(({ stable, status }) => stable && status === 'connected', 'a stable application');

    for (let index = 0; index < UNSEEN; index += 1) server.publish(shed, { from: 'bob', text: 'unseen' });
    const after = await told(({ frames }) => frames === UNSEEN, 'the last of the frames nobody shows');
    server.push('ann', JSON.stringify({ name: 'test.pause' }));
    for (let index = 0; index < BURST; index += 1) server.publish(garden, { from: 'bob', text: 'seen' });
    const end = await told(({ texts }) => texts === BURST, 'the last of the burst');

    assert.deepEqual(complaints, []);
    return { unseen: after.checks - open.checks, burst: end.checks - after.checks };
  } finally {
    await page.close();
    await files.close();
    await server.close();
  }
};

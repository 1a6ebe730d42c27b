import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { complaintsOf } from '../chromium.js';
import type { BuiltChat } from './builtChat.js';
import { servedFiles } from './servedFiles.js';

const GUIDE = 'docs/guides/angular.md';

/** What a test runner does before: it opens the test environment of Angular. */
const RUNNER = `
  import '@angular/compiler';
  import { getTestBed } from '@angular/core/testing';
  import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
  getTestBed().initTestEnvironment(BrowserTestingModule, platformBrowserTesting());
`;

/** What Node has and a browser has not, as far as the guide uses it. */
const ASSERT = `
  globalThis.asserted = 0;
  export default {
    match: (text, pattern) => {
      if (!pattern.test(text)) throw new Error(JSON.stringify(text) + ' does not match ' + pattern);
      globalThis.asserted += 1;
    },
  };
`;

/** Runs the test of a component that the guide shows, in Chromium, and wants all its assertions to hold. */
export const runGuide = async ({ folder }: BuiltChat, context: BrowserContext): Promise<void> => {
  const fences = [...readFileSync(GUIDE, 'utf8').matchAll(/^```ts[^\n]*\n(.*?)^```$/gms)];
  const test = fences.map(([, code = '']) => code).find((code) => code.includes('TestBed'));
  assert.ok(test !== undefined, `${GUIDE} shows no test`);
  writeFileSync(path.join(folder, 'runner.mjs'), RUNNER);
  writeFileSync(path.join(folder, 'guide.ts'), test);
  const asserting = path.join(folder, 'assert.mjs');
  writeFileSync(asserting, ASSERT);
  const site = path.join(folder, 'guide');
  await build({
    stdin: {
      contents: "import './runner.mjs'; import './guide.ts'; globalThis.passed = true;",
      resolveDir: folder,
    },
    bundle: true,
    outfile: path.join(site, 'main.js'),
    alias: { 'node:assert/strict': asserting },
    conditions: ['es2015', 'module'],
    mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
    format: 'esm',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  writeFileSync(
    path.join(site, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="main.js"></script>',
  );

  const files = await servedFiles(site);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  try {
    await page.goto(files.url);
    await page.waitForFunction(() => 'passed' in globalThis, undefined, { timeout: 20_000 });
    const asserted = await page.evaluate('globalThis.asserted');
    assert.equal(asserted, test.match(/assert\./g)?.length);
    assert.deepEqual(complaints, []);
  } catch (error) {
    throw new Error(`The test in ${GUIDE} fails: ${complaints.join('; ')}`, { cause: error });
  } finally {
    await page.close();
    await files.close();
  }
};

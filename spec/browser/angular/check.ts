// `npm run angular`: the Angular example as a stranger would get it, and what the adapter costs an application.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumFor, launchChromium } from '../chromium.js';
import { builtChat } from './builtChat.js';
import { countChecks } from './countChecks.js';
import { driveChat } from './driveChat.js';
import { runGuide } from './runGuide.js';

const startedAt = performance.now();
const say = (line: string): void => {
  process.stdout.write(`angular: ${line}\n`);
};

const check = async (executablePath: string): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'comapi-rx-angular-'));
  const pictures = mkdtempSync(path.join(tmpdir(), 'comapi-rx-pictures-'));
  try {
    const chat = await builtChat(folder);
    say('docs/examples/angular-chat: installed from the packed library, built without a warning');
    say(chat.cost);
    const chromium = await launchChromium(executablePath);
    try {
      await driveChat(chat, chromium.context, pictures, say);
      await runGuide(chat, chromium.context);
      say('the test of a component in docs/guides/angular.md passes');
      await countChecks(chat, chromium.context, say);
    } finally {
      await chromium.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    say(`pictures in ${pictures}`);
  }
  say(`all of it in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
};

const executablePath = chromiumFor('npm run angular');
if (executablePath !== undefined) await check(executablePath);

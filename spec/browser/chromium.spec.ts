import { describe, expect, it } from '@jest/globals';
import { chromiumFor, complaintsOf, launchChromium, seriousFaults } from './chromium.js';

const executablePath = chromiumFor('spec/browser/chromium');

(executablePath === undefined ? describe.skip : describe)('the browser that checks pages', () => {
  it('finds what is wrong with a page, and leaves nothing', async () => {
    const { context, close } = await launchChromium(executablePath ?? '');
    const page = await context.newPage();
    const complaints = complaintsOf(page);

    await page.setContent('<html lang="en"><title>T</title><main><h1>Hello</h1><button></button></main>');
    const faults = await seriousFaults(page);
    await page.evaluate(() => {
      console.error('oh no');
    });
    await close();

    expect(faults).toEqual(['button-name: Buttons must have discernible text (button)']);
    expect(complaints).toEqual(['console: oh no']);
  }, 30_000);
});

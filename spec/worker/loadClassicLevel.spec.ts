import { afterEach, describe, expect, it, jest } from '@jest/globals';

const failsWith = (error: unknown): void => {
  jest.resetModules();
  jest.unstable_mockModule('classic-level', () => {
    throw error;
  });
};
const load = async (): Promise<unknown> =>
  (await import('../../lib/worker/loadClassicLevel.js')).loadClassicLevel();

describe('loadClassicLevel', () => {
  afterEach(() => {
    jest.unstable_unmockModule('classic-level');
    jest.resetModules();
  });

  it.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])('says what to install for %s', async (code) => {
    const cause = Object.assign(new Error('no such thing'), { code });
    failsWith(cause);

    await expect(load()).rejects.toMatchObject({
      message: 'levelCursorStore needs the package classic-level: npm install classic-level',
      cause,
    });
  });

  it('does not blame an installation for anything else', async () => {
    failsWith(new SyntaxError('broken'));

    await expect(load()).rejects.toThrow('broken');
  });
});

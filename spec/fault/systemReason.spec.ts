import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { systemReason } from '../../lib/fault/systemReason.js';

describe('systemReason', () => {
  it('has words for what the system says, whichever way it is asked', async () => {
    const errors: unknown[] = [await readFile('.').catch((error: unknown) => error)];
    try {
      readFileSync('no such file');
    } catch (error) {
      errors.push(error);
    }

    expect(errors.map(systemReason)).toEqual(['it is a directory', 'what leads to it is not there']);
  });

  it('gives the code of what it has no words for', () => {
    expect(systemReason({ syscall: 'open', code: 'EMFILE' })).toBe('EMFILE');
  });

  it.each([undefined, null, 'ENOENT', new Error('ENOENT'), { code: 'ENOENT' }, { syscall: 'open', code: 2 }])(
    'knows that no system says %p',
    (error) => {
      expect(systemReason(error)).toBeUndefined();
    },
  );
});

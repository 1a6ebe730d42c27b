import { describe } from '@jest/globals';
import { Id } from '../../lib/wire/Id.js';
import { obeysCodecContract } from './codecContract.js';

describe('Id', () => {
  obeysCodecContract(Id, {
    good: ['garden', ' ', '__proto__', 'constructor', 'anon_x.Someone', 'DOMAIN\\user@host', '\ud800'],
    bad: [
      ['', ['(root): expected non-empty string']],
      [5, ['(root): expected non-empty string']],
      [null, ['(root): expected non-empty string']],
    ],
  });
});

import { describe } from '@jest/globals';
import { eventLogContract } from './eventLogContract.js';
import { memoryEventLog } from './memoryEventLog.js';

describe('memoryEventLog', () => {
  eventLogContract(() => {
    const log = memoryEventLog();
    return Promise.resolve({ again: () => Promise.resolve(log) });
  });
});

import { describe } from '@jest/globals';
import { memorySessionStore } from './memorySessionStore.js';
import { sessionStoreContract } from './sessionStoreContract.js';

describe('memorySessionStore', () => {
  sessionStoreContract(memorySessionStore);
});

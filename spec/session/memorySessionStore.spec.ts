import { describe } from '@jest/globals';
import { memorySessionStore } from '../../lib/session/memorySessionStore.js';
import { sessionStoreContract } from './sessionStoreContract.js';

describe('memorySessionStore', () => {
  sessionStoreContract(memorySessionStore);
});

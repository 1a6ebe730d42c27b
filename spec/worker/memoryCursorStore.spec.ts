import { describe } from '@jest/globals';
import { memoryCursorStore } from '../../lib/worker/memoryCursorStore.js';
import { cursorStoreContract } from './cursorStoreContract.js';

describe('memoryCursorStore', () => {
  cursorStoreContract(() => ({ open: memoryCursorStore, survives: false }));
});

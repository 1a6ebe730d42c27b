import { levelCursorStore } from '../../lib/worker/levelCursorStore.js';

// Opens the store of a directory as a user whom directories can keep out, and prints what is said against it.
const [, , directory = ''] = process.argv;
const NOBODY = 65_534;

// While it can still be read.
await import('classic-level');
if (process.getuid?.() === 0) process.setuid?.(NOBODY);
const store = levelCursorStore(directory);
store.load().then(
  () => store.close(),
  (error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
  },
);

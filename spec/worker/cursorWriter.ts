// Commits 1, 2, 3, … for one conversation until it is killed, and says of each when it is durable.
import { levelCursorStore } from '../../lib/worker/levelCursorStore.js';

const [directory = '', hold] = process.argv.slice(2);
const store = levelCursorStore(directory);
let position = (await store.load()).get('garden') ?? 0;
process.stdout.write(`loaded ${position}\n`);
while (hold === undefined) {
  position += 1;
  await store.commit(new Map([['garden', position]]));
  process.stdout.write(`${position}\n`);
}
// Keeps the store open until its end.
setInterval(() => undefined, 1_000);

// Kills a worker in full size: `npm run chaos -- --events N --conversations N --kills N --seed N`.
import { parseArgs } from 'node:util';
import { bundled } from '../support/bundled.js';
import { killWorkers } from './killWorkers.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    conversations: { type: 'string', default: '200' },
    kills: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});

const report = await killWorkers({
  events: Number(values.events),
  conversations: Number(values.conversations),
  kills: Number(values.kills),
  seed: Number(values.seed),
  program: bundled('spec/chaos/chaosWorker.ts'),
  patienceMs: 300_000,
});

console.log(report);
const isGood = report.violations.length === 0 && report.repeated > 0;
console.log(isGood ? 'Nothing lost, everything in order.' : 'FAILED');
process.exitCode = isGood ? 0 : 1;

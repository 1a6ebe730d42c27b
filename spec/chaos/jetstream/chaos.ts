import { parseArgs } from 'node:util';
import { hasBroker } from '../../worker/jetstream/broker.js';
import { runChaos } from './runChaos.js';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    conversations: { type: 'string', default: '200' },
    rate: { type: 'string', default: '400' },
    blow: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '15' },
  },
});

if (!hasBroker) {
  console.error('The chaos needs a nats-server. On Debian: apt-get install nats-server');
  process.exit(1);
}
const { violations, ...result } = await runChaos({
  events: Number(values.events),
  conversations: Number(values.conversations),
  bridges: 2,
  processors: 3,
  rate: Number(values.rate),
  blowEveryMs: Number(values.blow),
  ackWaitMs: 2_000,
  effectMs: 2,
  seed: Number(values.seed),
  limitMs: Number(values.minutes) * 60_000,
  say: console.log,
});
console.log(JSON.stringify(result));
console.log(violations.length === 0 ? 'No violation.' : violations.join('\n'));
if (violations.length > 0) process.exitCode = 1;

// What the log costs, beside the bare client of the broker in the same run: figures mean nothing without that.
import { jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { parseArgs } from 'node:util';
import { jetStreamEventLog } from '../../lib/worker/jetstream/jetStreamEventLog.js';
import { hasBroker, startBroker } from '../worker/jetstream/broker.js';
import { eventAt } from '../worker/events.js';

const { values } = parseArgs({ options: { events: { type: 'string', default: '50000' } } });
const conversations = 200;
const each = Math.floor(Number(values.events) / conversations);
const events = conversations * each;

if (!hasBroker) {
  console.error('This needs a nats-server. On Debian: apt-get install nats-server');
  process.exit(1);
}
const broker = await startBroker();
const connection = await connect({ port: broker.port });
const client = jetstream(connection);
const manager = await jetstreamManager(connection);

const perSecond = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return events / ((performance.now() - started) / 1_000);
};
/** Takes up to `atOnce` numbers at a time. */
const lanes = (atOnce: number, work: (index: number) => Promise<unknown>): Promise<unknown> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < events) await work(next++);
  };
  return Promise.all(Array.from({ length: atOnce }, lane));
};

await manager.streams.add({ name: 'BARE', subjects: ['bare.*'] });
const payload = JSON.stringify(eventAt('conversation 1', 1));
const barePublish = await perSecond(() => lanes(conversations, () => client.publish('bare.x', payload)));

const log = await jetStreamEventLog({ connection, space: 'bench' });
const append = await perSecond(() =>
  Promise.all(
    Array.from({ length: conversations }, async (_, conversation) => {
      for (let id = 0; id < each; id += 1) {
        await log.append(eventAt(`conversation ${conversation}`, id), id - 1);
      }
    }),
  ),
);

const barelyConsumed = async (): Promise<void> => {
  const messages = await (await client.consumers.get('BARE', 'bare')).consume();
  let left = events;
  const acks: Promise<unknown>[] = [];
  for await (const message of messages as AsyncIterable<JsMsg>) {
    message.json();
    acks.push(message.ackAck());
    left -= 1;
    if (left === 0) break;
  }
  await Promise.all(acks);
};
await manager.consumers.add('BARE', { durable_name: 'bare', ack_policy: 'explicit', max_ack_pending: 1_000 });
const bareConsume = await perSecond(barelyConsumed);

const deliveries = async (): Promise<void> => {
  const leaving = new AbortController();
  let left = events;
  for await (const { ack } of log.deliveries('bench', { concurrency: 64, signal: leaving.signal })) {
    void ack().then(() => {
      left -= 1;
      if (left === 0) leaving.abort();
    });
  }
};
const deliver = await perSecond(deliveries);

const rounded = (value: number): string => Math.round(value).toLocaleString('en');
const ratio = (value: number, floor: number): string => (value / floor).toFixed(2);
console.log(
  `nats-server ${connection.info?.version ?? ''}, ${rounded(events)} events, ${conversations} conversations`,
);
console.log('| | bare client | event log | ratio |\n| --- | ---: | ---: | ---: |');
console.log(
  `| written, events a second | ${rounded(barePublish)} | ${rounded(append)} | ${ratio(append, barePublish)} |`,
);
console.log(
  `| read and acknowledged, events a second | ${rounded(bareConsume)} | ${rounded(deliver)} | ${ratio(deliver, bareConsume)} |`,
);
await connection.close();
await broker.close();

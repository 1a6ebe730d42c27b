// One process of the chaos: a bridge, or a processor. It knows what it needs from its arguments, and is killed.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { createClient } from '../../../lib/client/createClient.js';
import { nodeWebSocket } from '../../../lib/transport/nodeWebSocket.js';
import { bridgeToLog } from '../../../lib/worker/bridgeToLog.js';
import { jetStreamEventLog } from '../../../lib/worker/jetstream/jetStreamEventLog.js';
import { processLog } from '../../../lib/worker/processLog.js';
import type { ChaosRole } from './ChaosRole.js';

const role = JSON.parse(process.argv[2] ?? '') as ChaosRole;

const connection = await connect({
  port: role.brokerPort,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 100,
  waitOnFirstConnect: true,
  pingInterval: 5_000,
});
const openLog = async (): Promise<Awaited<ReturnType<typeof jetStreamEventLog>>> => {
  for (;;) {
    try {
      return await jetStreamEventLog({ connection, space: role.space, ackWaitMs: role.ackWaitMs });
    } catch (error) {
      // The broker is being killed just now.
      if (!(error instanceof Error) || error.name !== 'ComapiError') throw error;
    }
  }
};
const log = await openLog();

if (role.kind === 'bridge') {
  const client = createClient({
    apiSpaceId: role.apiSpaceId,
    urlBase: role.urlBase,
    webSocketBase: role.webSocketBase,
    getToken: () => role.token,
    webSocketCtor: nodeWebSocket(),
    history: { holeGraceMs: 500 },
  });
  await bridgeToLog({ client, conversations: role.conversations, log }).done;
} else {
  await processLog({
    log,
    group: 'effects',
    concurrency: 64,
    // Those who die use up attempts that are no fault of the event.
    retry: { maxAttempts: 1_000 },
    handle: async (event, { key, attempt }) => {
      await sleep(role.effectMs);
      // An effect like most: made at once, and made again when the event comes again.
      const { conversationId, conversationEventId } = event;
      const line = JSON.stringify({ conversationId, conversationEventId, key, attempt, by: process.pid });
      appendFileSync(role.effectsFile, `${line}\n`);
    },
  }).done;
}

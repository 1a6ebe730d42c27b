// The worker.
export { runWorker, type WorkerOptions } from './worker/runWorker.js';
export { DiscontinuityError } from './worker/DiscontinuityError.js';

// What a worker keeps.
export type { CursorStore } from './worker/CursorStore.js';
export { memoryCursorStore } from './worker/memoryCursorStore.js';

// How events are handled.
export type { Handle, HandleContext } from './worker/Handle.js';
export type { HandlingOptions } from './worker/HandlingOptions.js';
export type { Conversations } from './worker/Conversations.js';
export type { WorkerRun, WorkerStats } from './worker/WorkerRun.js';
export type { Delivery } from './worker/Delivery.js';

// A log for more than one machine.
export type { AppendResult, Deliveries, EventLog } from './worker/EventLog.js';
export type { BrokerConnection } from './worker/jetstream/BrokerConnection.js';
export { jetStreamEventLog, type JetStreamEventLogOptions } from './worker/jetstream/jetStreamEventLog.js';
export { bridgeToLog, type BridgeOptions } from './worker/bridgeToLog.js';
export { LogError } from './worker/LogError.js';
export { processLog, type ProcessLogOptions } from './worker/processLog.js';

// To compose by hand.
export { inOrderPerKey, type InOrderPerKeyOptions } from './worker/inOrderPerKey.js';
export { handleDeliveries, type DeliveriesOptions } from './worker/handleDeliveries.js';
export { committedTo, type Settled } from './worker/committedTo.js';

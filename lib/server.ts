// The local server. Node only.
export { startServer } from './server/startServer.js';
export type { Faults } from './server/faults/Faults.js';
export type { LocalServer } from './server/LocalServer.js';
export type { ServerOptions } from './server/ServerOptions.js';

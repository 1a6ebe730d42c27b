export { nodeWebSocket, type NodeWebSocketOptions } from './transport/nodeWebSocket.js';
export { levelCursorStore } from './worker/levelCursorStore.js';
export type { CursorStore } from './worker/CursorStore.js';

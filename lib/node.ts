export { nodeWebSocket, type NodeWebSocketOptions } from './transport/nodeWebSocket.js';

export { fakeSocket, type FakeSocket, type FakeSockets } from './testing/fakeSocket.js';
export { samples } from './wire/samples.js';

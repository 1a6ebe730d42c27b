// As an ES module in Node.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as rxjs from 'rxjs';
import { ComapiError, createClient } from 'comapi-rx';
import { fakeSocket } from 'comapi-rx/testing';
import { journey } from './journey.mjs';

const loadedWs = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) =>
    /[\\/]node_modules[\\/]ws[\\/]/.test(file),
  );

assert.equal(new ComapiError({ kind: 'closed', message: 'Closed.' }).code, 'closed');
assert.equal(typeof fakeSocket().ctor, 'function');
assert.equal(loadedWs(), false, "importing 'comapi-rx' and 'comapi-rx/testing' loads ws");

const { nodeWebSocket } = await import('comapi-rx/node');
const { startServer } = await import('comapi-rx/server');
await journey({ createClient, nodeWebSocket, startServer, rxjs });
assert.equal(loadedWs(), true, 'the check for ws is blind');

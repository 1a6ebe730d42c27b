// As CommonJS in Node, with whichever build the conditions choose.
const assert = require('node:assert/strict');
const rxjs = require('rxjs');
const { ComapiError, createClient } = require('comapi-rx');
const { fakeSocket } = require('comapi-rx/testing');

const [build] = process.argv.slice(2);
const loadedWs = () => Object.keys(require.cache).some((file) => /[\\/]node_modules[\\/]ws[\\/]/.test(file));

assert.match(require.resolve('comapi-rx'), new RegExp(`[\\\\/]dist[\\\\/]${build}[\\\\/]index\\.js$`));
assert.equal(new ComapiError({ kind: 'closed', message: 'Closed.' }).code, 'closed');
assert.equal(typeof fakeSocket().ctor, 'function');
assert.equal(loadedWs(), false, "requiring 'comapi-rx' and 'comapi-rx/testing' loads ws");

const { nodeWebSocket } = require('comapi-rx/node');
const { startServer } = require('comapi-rx/server');

void import('./journey.mjs').then(async ({ journey }) => {
  await journey({ createClient, nodeWebSocket, startServer, rxjs });
  assert.equal(loadedWs(), true, 'the check for ws is blind');
});

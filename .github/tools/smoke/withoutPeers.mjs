// What is optional is missing: the door opens all the same, and the function that needs it says what to install.
import assert from 'node:assert/strict';
import { createRequire, register } from 'node:module';

const hidden = /^@nats-io\//;
const hooks = `
  export const resolve = (name, context, next) => {
    if (${String(hidden)}.test(name)) throw Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  };`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { jetStreamEventLog } = await import('comapi-rx/worker');
await assert.rejects(jetStreamEventLog({ connection: {}, space: 'space' }), {
  message:
    'jetStreamEventLog needs the packages @nats-io/jetstream and @nats-io/transport-node: ' +
    'npm install @nats-io/jetstream @nats-io/transport-node',
});

// In CommonJS the door is opened by require().
createRequire(import.meta.url)('comapi-rx/worker');
process.stdout.write('closed\n');

// Required and imported in one process: one library, so one class of errors.
const assert = require('node:assert/strict');

const doors = ['comapi-rx', 'comapi-rx/node', 'comapi-rx/server', 'comapi-rx/worker', 'comapi-rx/testing'];

void Promise.all(
  doors.map(async (door) => {
    const required = require(door);
    const imported = await import(door);
    for (const name of Object.keys(imported).filter((key) => key !== 'module.exports')) {
      assert.equal(required[name], imported[name], `${door} has two of ${name}`);
    }
  }),
).then(() => {
  assert.equal(typeof require('comapi-rx').ComapiError, 'function');
  process.stdout.write('closed\n');
});

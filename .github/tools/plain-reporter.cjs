// Says in one plain line how a run of jest ended, for whatever does not read jest's own summary.
const { writeSync } = require('node:fs');

module.exports = class PlainReporter {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    // A suite that could not even start has no failed test of its own.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped\n`;
    // jest writes its summary after every reporter has been called; at exit this line is the last one.
    process.once('exit', () => writeSync(1, line));
  }
};

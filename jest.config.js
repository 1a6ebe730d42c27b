/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  reporters: ['default', '<rootDir>/.github/tools/plain-reporter.cjs'],
  roots: ['<rootDir>/spec'],
  // For a machine that has other things to do: whoever waits, waits for a value or a state.
  testTimeout: 60_000,
  // The modules of a suite that is done are never let go of. In one process they came to gigabytes in the end, and
  // where a test collects garbage, that took seconds each time: beyond this a new process goes on.
  workerIdleMemoryLimit: '1GB',
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true }] },
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageDirectory: 'dist/coverage',
};

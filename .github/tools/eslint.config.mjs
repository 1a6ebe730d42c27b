import path from 'node:path';
import { defineConfig } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import regexp from 'eslint-plugin-regexp';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const typescript = ['lib/**/*.ts', 'spec/**/*.ts', 'docs/examples/chat/**/*.ts'];

/** The one spelling of each package that works in Node ESM, Node CommonJS and bundlers alike. */
const spelling = [
  {
    group: ['fp-ts', 'fp-ts/**'],
    message: "Say '#fp-ts/Either': it loads in Node ESM, Node CommonJS and bundlers.",
  },
  {
    group: ['io-ts/**'],
    message: "Only the root 'io-ts' loads in Node ESM; for a submodule say '#io-ts/PathReporter'.",
  },
  { group: ['rxjs/internal/**', 'rxjs/operators'], message: "Import from 'rxjs'." },
];

/** The only files of lib that may know that there is a Node. */
const knowsNode = [
  'lib/node.ts',
  'lib/transport/{node,Node}*.ts',
  'lib/server.ts',
  'lib/server/**/*.ts',
  'lib/worker/{file,level}*.ts',
  'lib/cli.ts',
  'lib/cli/**/*.ts',
];

export default defineConfig(
  {
    files: typescript,
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      rxjsX.configs.strict,
    ],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: path.resolve(import.meta.dirname, '../..') },
    },
    rules: {
      eqeqeq: 'error',
      'no-param-reassign': 'error',
      'no-restricted-imports': ['error', { patterns: spelling }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'A door names everything that goes through it.' },
      ],
      // A codec and its type share one name.
      'no-redeclare': 'off',
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-expressions': ['error', { allowTaggedTemplates: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `option || {}` reads well where `false` switches something off.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { boolean: true } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Records of closures: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // Within a room a failure travels as plain data; what leaves through a door is a ComapiError.
      'rxjs-x/throw-error': 'off',
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: ['lib/cli.ts', 'lib/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // Text from elsewhere must not decide how long an expression takes, nor become a program.
    files: ['lib/**/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'no-eval': 'error',
      'no-implied-eval': 'off',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-proto': 'error',
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: knowsNode,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'ws', message: 'Browsers load this file. The socket of Node lives in lib/transport.' },
          ],
          patterns: [{ group: ['node:*'], message: 'Browsers load this file.' }],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Browsers load this file.' },
        { name: 'Buffer', message: 'Browsers load this file.' },
      ],
    },
  },
  {
    files: ['spec/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    // jest is imported from '@jest/globals', so the plugin cannot read its version from a global.
    settings: { jest: { globalPackage: '@jest/globals', version: 30 } },
    rules: {
      // What `marbles` and the suites of laws and contracts assert, they assert inside.
      'jest/expect-expect': [
        'error',
        {
          assertFunctionNames: [
            'expect',
            'expect*',
            '**.expect*',
            'assert',
            'assert.*',
            'marbles',
            '*.assert',
            'keeps*',
            'obeys*',
            'holds*',
          ],
        },
      ],
      // Suites are functions here: a contract or a law is called with what it shall hold for.
      'jest/require-top-level-describe': 'off',
      'jest/no-standalone-expect': 'off',
      'jest/valid-title': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Frames and page bodies are made up here, good and bad; so are failures that are no errors.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      // A test watches on purpose what a program would not.
      'rxjs-x/no-exposed-subjects': 'off',
      'rxjs-x/no-ignored-default-value': 'off',
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-nested-subscribe': 'off',
    },
  },
  {
    // A view lives as long as its page, and what it shows, such as `status$`, has no errors.
    files: ['docs/examples/chat/**/*.ts'],
    rules: { 'rxjs-x/no-ignored-error': 'off' },
  },
  {
    // Contracts, laws and samples are there to be imported.
    files: ['spec/**/*.ts'],
    ignores: ['spec/**/*.spec.ts'],
    rules: { 'jest/no-export': 'off' },
  },
  {
    files: ['.github/tools/**/*.{mjs,cjs}', 'spec/**/*.mjs'],
    extends: [tseslint.configs.strict],
    languageOptions: { sourceType: 'module' },
    rules: { eqeqeq: 'error', 'no-param-reassign': 'error' },
  },
  {
    files: ['.github/tools/**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);

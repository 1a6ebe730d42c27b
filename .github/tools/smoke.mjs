// Runs the built package by its own name, through `exports`, the way those outside load it:
// type-checker and tests both accept spellings of imports that break in Node or in a bundler.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);
mkdirSync('dist', { recursive: true });

// What it may cost today; the aim is 20,000, of which the three peers alone take 11,250.
const budgetBytes = 58_500;
const wholeRunMs = 30_000;
const lastWordMs = 3_000;

const say = (line) => process.stdout.write(`smoke: ${line}\n`);

// ---- in Node

/** Runs one program of smoke/ and wants it to end well, and by itself, once it has said that all is closed. */
const endsByItself = (file, { flags = [], args = [] } = {}) =>
  new Promise((resolve, reject) => {
    const program = [...flags, path.join(import.meta.dirname, 'smoke', file), ...args];
    const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
    const giveUp = (why) => {
      child.kill('SIGKILL');
      reject(new Error(`smoke/${file} ${why}`));
    };
    let timer = setTimeout(giveUp, wholeRunMs, `did not come to its end in ${String(wholeRunMs)} ms`);
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (!said.includes('closed')) return;
      clearTimeout(timer);
      timer = setTimeout(giveUp, lastWordMs, `still runs ${String(lastWordMs)} ms after all was closed`);
    });
    child.once('error', reject).once('close', (code) => {
      clearTimeout(timer);
      if (code === 0 && said.includes('closed')) resolve();
      else reject(new Error(`smoke/${file} ended with code ${String(code)} and said: ${said || 'nothing'}`));
    });
  });

// ---- in a browser

/** As Angular's builder does it. */
const forBrowsers = {
  absWorkingDir: root,
  bundle: true,
  conditions: ['es2015', 'module'],
  format: 'iife',
  logLevel: 'silent',
  mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
  metafile: true,
  platform: 'browser',
  target: 'es2022',
  write: false,
};

const browserDoors = ['comapi-rx', 'comapi-rx/testing', 'comapi-rx/worker', 'comapi-rx/angular'];

/** What nobody gets who has not asked for it: rooms of `dist/esm`, by door. */
const strangers = {
  'comapi-rx': ['server', 'worker', 'testing', 'angular', 'cli'],
  'comapi-rx/testing': ['client', 'history', 'rest', 'session', 'server', 'worker', 'angular', 'cli'],
  'comapi-rx/worker': ['server', 'testing', 'angular', 'cli'],
  'comapi-rx/angular': ['server', 'worker', 'testing', 'cli'],
};

/** Optional peers: whoever uses them installs them, and they are loaded by the function that needs them. */
const optional = /^@nats-io\//;

/** The door to a framework leaves that open: an app has it, once. */
const frameworks = { 'comapi-rx/angular': /^@angular\/core(\/|$)/ };

const bundle = (contents, options = {}) =>
  build({ ...forBrowsers, ...options, stdin: { contents, resolveDir: root, sourcefile: 'entry.js' } });

const holdsOnlyModules = ({ metafile }, what) => {
  const inputs = Object.entries(metafile.inputs);
  const named = (wrong) => inputs.filter(wrong).map(([name]) => name);
  assert.deepEqual(
    named(([, { format }]) => format === 'cjs'),
    [],
    `${what} bundles CommonJS`,
  );
  assert.deepEqual(
    named(([name]) => /(^|\/)node_modules\/ws\//.test(name)),
    [],
    `${what} bundles ws`,
  );
  const outside = inputs
    .flatMap(([, { imports }]) => imports)
    .filter(
      ({ external, kind, path: name }) =>
        external && !(kind === 'dynamic-import' && optional.test(name)) && !frameworks[what]?.test(name),
    );
  assert.deepEqual(outside, [], `${what} leaves imports open`);
};

/** What is of no use to a door must not be in its bundle, not even a line of it. */
const dragsNothingIn = ({ metafile }, door) => {
  const rooms = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([name]) => /^dist\/esm\/(\w+)\//.exec(name)?.[1]);
  const dragged = strangers[door].filter((room) => rooms.includes(room));
  assert.deepEqual(dragged, [], `${door} bundles what belongs to others`);
};

const refuses = async (door) => {
  const failure = await bundle(`export * from '${door}'`).then(
    () => assert.fail(`esbuild bundles ${door} for browsers`),
    (error) => error,
  );
  assert.match(failure.message, new RegExp(`Could not resolve "${door}"`));
};

/** A `WebSocket` with no network behind it, which speaks both ways of listening. */
const stubSocket = (opened) =>
  class StubSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    readyState = 0;
    bufferedAmount = 0;
    binaryType = 'blob';
    protocol = '';

    constructor(url) {
      super();
      this.url = url;
      setTimeout(() => {
        this.readyState = 1;
        this.say(new Event('open'));
        opened(this);
      });
    }
    say(event) {
      this.dispatchEvent(event);
      this[`on${event.type}`]?.(event);
    }
    message(frame) {
      this.say(
        new MessageEvent('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
      );
    }
    send() {}
    close(code = 1000, reason = '') {
      if (this.readyState > 1) return;
      this.readyState = 2;
      setTimeout(() => {
        this.readyState = 3;
        this.say(Object.assign(new Event('close'), { code, reason, wasClean: true }));
      });
    }
  };

const runsInBrowser = async () => {
  const entry = path.join(import.meta.dirname, 'smoke/browser.mjs');
  const result = await build({ ...forBrowsers, entryPoints: [entry] });
  holdsOnlyModules(result, 'smoke/browser.mjs');

  const opening = withResolvers();
  const reported = withResolvers();
  // What pages have and the language has not. Nothing of Node: no process, no Buffer, no require.
  const page = {
    ...{
      AbortController,
      AbortSignal,
      Blob,
      DOMException,
      Event,
      EventTarget,
      Headers,
      MessageEvent,
      Response,
    },
    ...{ TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa, crypto, performance, structuredClone },
    ...{ clearInterval, clearTimeout, queueMicrotask, setInterval, setTimeout },
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    WebSocket: stubSocket(opening.resolve),
    opened: opening.promise,
    report: reported.resolve,
  };
  // As under a Content-Security-Policy without 'unsafe-eval': whoever makes code of text throws.
  const context = vm.createContext(page, { codeGeneration: { strings: false, wasm: false } });
  assert.throws(() => vm.runInContext("new Function('')", context), 'the page allows eval');
  vm.runInContext('globalThis.window = globalThis.self = globalThis', context);
  vm.runInContext(result.outputFiles[0].text, context, { filename: 'browser.js' });

  const late = setTimeout(() => reported.reject(new Error('the browser bundle saw no event')), 5_000);
  const { seen, expected, fakes } = await reported.promise;
  clearTimeout(late);
  // Objects of another realm have other prototypes: compare what they hold.
  assert.deepEqual(JSON.parse(JSON.stringify(seen)), JSON.parse(JSON.stringify(expected)));
  assert.equal(fakes, 'function');
};

const withResolvers = () => {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

/** A Content-Security-Policy forbids it, also in paths that the smoke test does not walk. */
const makesNoCode = async () => {
  for (const door of browserDoors) {
    const { outputFiles } = await bundle(`export * from '${door}'`, {
      external: ['@nats-io/*', '@angular/*'],
      format: 'esm',
    });
    const found = outputFiles[0].text.match(
      /\beval\s*\(|\bFunction\s*\(|\bset(?:Timeout|Interval)\s*\(\s*['"`]/g,
    );
    assert.equal(found, null, `${door} makes code of text`);
  }
};

const weighs = async () => {
  const { outputFiles } = await bundle("export { createClient } from 'comapi-rx'", {
    format: 'esm',
    minify: true,
  });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  const sentence = `createClient for browsers, with rxjs, io-ts and fp-ts: ${String(bytes)} of ${String(budgetBytes)} bytes gzipped`;
  assert.ok(bytes <= budgetBytes, `too big: ${sentence}`);
  return sentence;
};

// ---- all of it, in order

await endsByItself('esm.mjs');
say('Node ESM: three messages through a real socket, and the process ends');
await endsByItself('cjs.cjs', { args: ['esm'] });
say('Node CommonJS: the same, from the ES modules that require() loads too');
await endsByItself('cjs.cjs', { flags: ['--no-experimental-require-module'], args: ['cjs'] });
say('Node CommonJS: the same, from the CommonJS build');
await endsByItself('both.cjs');
say('import and require in one process: the same ComapiError');

await endsByItself('withoutPeers.mjs');
say('comapi-rx/worker without its optional peers: loads, and says what to install');

await endsByItself('typesAlone.mjs');
say('types: complete without optional peers and without the types of Node, every declaration checked');

for (const door of browserDoors) {
  const whole = await bundle(`export * from '${door}'`, {
    external: ['@nats-io/*', '@angular/*'],
    format: 'esm',
  });
  holdsOnlyModules(whole, door);
  dragsNothingIn(whole, door);
}
await Promise.all(['comapi-rx/node', 'comapi-rx/server'].map(refuses));
await makesNoCode();
await runsInBrowser();
say('browser bundle: ES modules only, no ws, nothing of Node, no eval, and it runs; Node doors are refused');
say(await weighs());

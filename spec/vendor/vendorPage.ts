import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import vm from 'node:vm';
import type * as Sdk from '@comapi/sdk-js-foundation';
import type { WebSocket } from 'ws';
import { webSocketIn } from './pageWebSocket.js';
import { xmlHttpRequestIn } from './XmlHttpRequest.js';

/** A page of its own, in which the vendor's SDK runs. None of its globals exist anywhere else. */
export interface VendorPage {
  /** What the package exports. */
  readonly sdk: typeof Sdk;
  /** What was thrown with nobody to catch it: a browser would write it on its console, and go on. */
  readonly errors: readonly unknown[];
  /** Resolves when the page will do nothing more unless somebody asks it: no request, no timer, no opening socket. */
  quiet(): Promise<void>;
  /** Leaves the page: its timers, requests and sockets are gone. */
  close(): void;
}

/** The package as it comes from the registry, with its two dependencies, as one script. */
const scriptOf = async (): Promise<vm.Script> => {
  const { stdout } = await promisify(execFile)(
    path.resolve('node_modules/.bin/esbuild'),
    [
      ...['node_modules/@comapi/sdk-js-foundation/src/index.js', '--bundle', '--format=iife'],
      ...['--platform=browser', '--global-name=vendor', '--log-level=error'],
    ],
    { maxBuffer: 64 * 1_024 * 1_024 },
  );
  return new vm.Script(stdout, { filename: 'vendor.js' });
};
let script: Promise<vm.Script> | undefined;

/** Opens a page with the vendor's SDK on it, unmodified. */
export const openVendorPage = async (): Promise<VendorPage> => {
  script ??= scriptOf();
  const errors: unknown[] = [];
  const underWay = new Set<() => void>();
  const sockets = new Set<WebSocket>();
  const waiting = new Set<() => void>();

  const run = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      errors.push(error);
    }
  };

  /** Something is under way, which `stop` stops, until the returned function is called. */
  const begin = (stop: () => void = () => {}): (() => void) => {
    underWay.add(stop);
    return () => {
      underWay.delete(stop);
      // What follows from it in promises has then begun.
      setImmediate(() => {
        if (underWay.size > 0) return;
        waiting.forEach((resolve) => resolve());
        waiting.clear();
      });
    };
  };

  const timers = new Map<number, () => void>();
  let lastTimer = 0;
  const clear = (id: number): void => {
    timers.get(id)?.();
    timers.delete(id);
  };
  const after = (task: () => void, ms = 0): number => {
    lastTimer += 1;
    const id = lastTimer;
    const timer = setTimeout(() => {
      run(task);
      clear(id);
    }, ms);
    const isOver = begin(() => clearTimeout(timer));
    timers.set(id, () => {
      clearTimeout(timer);
      isOver();
    });
    return id;
  };
  // The SDK's one interval sends an echo a minute, for ever: nothing that a page waits for.
  const intervals = new Set<ReturnType<typeof setInterval>>();
  const every = (task: () => void, ms: number): number => intervals.add(setInterval(run, ms, task)).size;

  const stored = new Map<string, string>();
  const page: object = vm.createContext({
    setTimeout: after,
    clearTimeout: clear,
    setInterval: every,
    XMLHttpRequest: xmlHttpRequestIn({ run, begin }),
    WebSocket: webSocketIn({ run, begin, sockets }),
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
    navigator: { product: 'Gecko', userAgent: 'a page of a test' },
    console: { log: () => {}, warn: () => {}, error: () => {} },
    atob,
    btoa,
  });
  vm.runInContext('globalThis.window = globalThis.self = globalThis;', page);
  // A page with luck: what is drawn by lot, such as the pause before a reconnect, is always short, and the same.
  vm.runInContext('Math.random = () => 0.02;', page);
  (await script).runInContext(page);

  return {
    sdk: (page as { readonly vendor: typeof Sdk }).vendor,
    errors,
    quiet: () =>
      new Promise((resolve) => {
        waiting.add(resolve);
        begin()();
      }),
    close: () => {
      intervals.forEach((interval) => clearInterval(interval));
      timers.forEach((_, id) => clear(id));
      [...underWay].forEach((stop) => stop());
      sockets.forEach((socket) => {
        socket.removeAllListeners();
        socket.on('error', () => {});
        socket.terminate();
      });
    },
  };
};

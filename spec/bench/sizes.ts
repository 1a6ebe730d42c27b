import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Minified and gzipped, in bytes, as a page would load it. */
export interface Sizes {
  readonly ours: number;
  /** rxjs, io-ts and fp-ts, as far as we use them. */
  readonly dependencies: number;
  readonly peers: Readonly<Record<string, number>>;
}

const weigh = async (contents: string, resolveDir: string): Promise<number> => {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['es2015', 'module'],
    mainFields: ['es2020', 'es2015', 'browser', 'module', 'main'],
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
};

/** Weighs the built package and its peers. */
export const sizes = async (): Promise<Sizes> => {
  const here = path.resolve('.');
  const beside = path.resolve('spec/bench/peers');
  return {
    ours: await weigh("export { createClient } from 'comapi-rx'", here),
    dependencies: await weigh(
      "export { Observable, Subject, BehaviorSubject, defer, map, filter, concatMap, switchMap, share, retry, timeout, timer, merge, catchError, repeat, takeUntil, combineLatest } from 'rxjs'; export { webSocket } from 'rxjs/webSocket'; export * from 'io-ts'; export { left, right, match } from 'fp-ts/es6/Either.js'",
      here,
    ),
    peers: {
      'vendor SDK': await weigh("export { Foundation, ComapiConfig } from '@comapi/sdk-js-foundation'", here),
      centrifuge: await weigh("export { Centrifuge } from 'centrifuge'", beside),
      'pusher-js': await weigh("export { default } from 'pusher-js'", beside),
      'socket.io-client': await weigh("export { io } from 'socket.io-client'", beside),
    },
  };
};

import { concat, NEVER, of } from 'rxjs';
import type { ErrorCode } from '../../lib/fault/Fault.js';
import type { AppendResult, EventLog } from '../../lib/worker/EventLog.js';
import { bridgeToLog } from '../../lib/worker/bridgeToLog.js';
import { memoryCursorStore } from '../../lib/worker/memoryCursorStore.js';
import { runWorker, type WorkerOptions } from '../../lib/worker/runWorker.js';
import type { WorkerRun } from '../../lib/worker/WorkerRun.js';
import type { Hostility } from '../support/hostileServer.js';
import { sent } from '../support/frames.js';
import { ALL, answerWith, type Sight, type Story } from './canaryStories.js';

/** A server that has a garden with two messages in it. */
const withGarden: Hostility = {
  answer: ({ url = '' }, response) => {
    if (url.includes('/events'))
      return response.end(JSON.stringify(url.includes('from=0') ? [sent(0), sent(1)] : []));
    return url.includes('/conversations?') ? response.end(JSON.stringify([{ id: 'garden' }])) : undefined;
  },
};

/** Which answers are hoped to change, and as what they are seen. */
const PASSING = new Map<number, ErrorCode>([
  [401, 'unauthorized'],
  [429, 'rate-limited'],
  [500, 'http'],
]);

const watchRun = async ({ keep, settle }: Sight, run: WorkerRun): Promise<void> => {
  const told = settle([run.stats$]);
  keep(run);
  await run.done.catch(keep);
  await told;
};

/** Works until the run ends by itself or `enough` is called. */
const work =
  (optionsOf: (sight: Sight, enough: () => void) => Partial<WorkerOptions>): Story['act'] =>
  async (sight) => {
    const stop = new AbortController();
    const enough = (): void => {
      stop.abort();
    };
    const run = runWorker({
      client: sight.client,
      conversations: 'mine',
      handle: (...args) => {
        sight.keep(args);
      },
      retry: { maxAttempts: 2, initialDelayMs: 1, maxDelayMs: 1 },
      onConversationError: (...args) => {
        sight.keep(args);
        enough();
      },
      signal: stop.signal,
      ...optionsOf(sight, enough),
    });
    await watchRun(sight, run);
  };

const sour = (): never => {
  throw new Error('The handler does not like it.');
};

const logOf = (append: () => Promise<AppendResult>): EventLog => ({
  append,
  last: () => Promise.resolve(undefined),
  deliveries: () => {
    throw new Error('Nobody asks.');
  },
});

/** Bridges the garden into a log that answers as it is told; ended when it has answered well. */
const bridge =
  (append: () => Promise<AppendResult>): Story['act'] =>
  async (sight) => {
    const stop = new AbortController();
    const run = bridgeToLog({
      client: sight.client,
      conversations: concat(of(['garden']), NEVER),
      log: logOf(async () => {
        const result = await append();
        stop.abort();
        return result;
      }),
      onConversationError: (...args) => {
        sight.keep(args);
        stop.abort();
      },
      signal: stop.signal,
    });
    await watchRun(sight, run);
  };

/** Workers and bridges, which hold a client, and tell others of it. */
export const runs: Readonly<Record<string, Story>> = {
  'a worker works, and all is well': {
    server: withGarden,
    act: work(({ keep }, enough) => ({
      handle: (event, context) => {
        keep(context);
        if (event.conversationEventId === 1) enough();
      },
    })),
  },
  'the handler of a worker throws for good': {
    isAboutRest: true,
    server: withGarden,
    act: work(() => ({ handle: sour })),
  },
  'a worker gives up an event': {
    isAboutRest: true,
    server: withGarden,
    act: work(({ keep }, enough) => ({
      handle: sour,
      deadLetter: (...args) => {
        keep(args);
        enough();
      },
    })),
  },
  'the store of a worker fails': {
    isAboutRest: true,
    server: withGarden,
    act: work(() => ({
      store: { ...memoryCursorStore(), commit: () => Promise.reject(new Error('The disk is full.')) },
    })),
  },
  ...Object.fromEntries(
    ([401, 403, 404, 429, 500] as const).map((status): [string, Story] => [
      `a worker finds each request answered ${status}`,
      {
        isAboutRest: true,
        server: answerWith(status, { Location: ALL, 'Retry-After': ALL }),
        act: async (sight) => {
          const stop = new AbortController();
          const run = runWorker({
            client: sight.client,
            conversations: concat(of(['garden', 'park']), NEVER),
            handle: () => undefined,
            onConversationError: (...args) => {
              sight.keep(args);
              stop.abort();
            },
            signal: stop.signal,
          });
          const ended = watchRun(sight, run);
          // What passes is tried again, and said by nobody but the log and the logger.
          const passing = PASSING.get(status);
          if (passing !== undefined) void sight.fault(passing).then(() => run.stop());
          await ended;
        },
      },
    ]),
  ),
  'the list of a worker is refused': {
    isAboutRest: true,
    server: answerWith(403),
    act: work(() => ({})),
  },
  'a worker is told that its client is closed': {
    server: withGarden,
    act: async (sight) => {
      const ended = work(() => ({}))(sight);
      await sight.open();
      await sight.client.close();
      await ended;
    },
  },
  'a bridge writes, and all is well': {
    isAboutRest: true,
    server: withGarden,
    act: bridge(() => Promise.resolve({ kind: 'appended' })),
  },
  'a bridge is refused by its log': {
    isAboutRest: true,
    server: withGarden,
    act: bridge(() => Promise.reject(new RangeError('The log is full.'))),
  },
  'a bridge finds its conversation gone': {
    isAboutRest: true,
    server: answerWith(404),
    act: bridge(() => Promise.resolve({ kind: 'appended' })),
  },
};

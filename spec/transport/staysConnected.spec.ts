import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { EMPTY, NEVER, type Observable, of, Subject, throwError } from 'rxjs';
import { ComapiError } from '../../lib/fault/ComapiError.js';
import { fakeSocket } from '../../lib/testing/fakeSocket.js';
import type { AttemptContext } from '../../lib/transport/AttemptContext.js';
import type { Failure } from '../../lib/transport/Failure.js';
import type { Refusal } from '../../lib/transport/refusal.js';
import { staysConnected, type StaysConnectedOptions } from '../../lib/transport/staysConnected.js';
import { NO_CIRCUMSTANCES } from '../../lib/transport/Circumstances.js';
import type { Verdict } from '../../lib/transport/Verdict.js';
import { OddSocket, oddSockets, throwingCtor } from './oddSocket.js';
import { deaf } from './receiving.js';
import { virtualLine, type VirtualLine } from './virtualLine.js';

const STABLE_MS = 5_000;

/** A line whose handshakes are refused like this, one more with each call. */
const refusedLine = (refusal: Refusal, options: Partial<StaysConnectedOptions> = {}) => {
  const { ctor, sockets } = oddSockets(
    class extends OddSocket {
      readonly refusal = refusal;
    },
  );
  const line = virtualLine({ ctor: () => ctor, ...options });
  return { line, refuse: () => sockets.at(-1)?.closed(1006) };
};

/** Opens the newest socket and closes it after a while. */
const live = ({ server, time }: VirtualLine, forMs: number, code?: number): void => {
  server.last().open();
  time.pass(forMs);
  server.last().close(code);
};

/** The newest socket fails before it is open, and again each time, until so much time has passed. */
const outage = ({ server, time }: VirtualLine, forMs: number): void => {
  let failed = 0;
  for (let passed = 0; passed < forMs; passed += 100) {
    for (; failed < server.sockets.length; failed += 1) server.last().fail();
    time.pass(100);
  }
};

const startsIn = (heard: readonly string[]): readonly number[] =>
  heard.filter((words) => words.includes('connecting')).map((words) => Number(words.split(' ')[0]));

describe('a line', () => {
  it('opens when subscribed to, hands on what comes in, and closes when left', () => {
    const line = virtualLine();

    line.server.last().open();
    line.server.last().message('a');
    line.time.pass(60_000);
    line.server.last().message('b');
    line.subscription.unsubscribe();

    expect(line.heard()).toEqual(['0 connecting 1', '0 connected since 0', '0 a', '60000 b']);
    expect(line.server.last().closedBy).toEqual({ code: 1000 });
  });

  it('goes on over a lost socket, with a new one and a new URL (P4, P20)', () => {
    let token = 0;
    const line = virtualLine({ urlFor: () => [`wss://api.example/?token=${(token += 1)}`] });

    live(line, STABLE_MS, 1012);
    line.time.pass(5_500);
    line.server.last().open();
    line.server.last().message('a');

    expect(line.heard()).toEqual([
      '0 connecting 1',
      '0 connected since 0',
      '5000 waiting for 1 until 10500: network',
      '10500 connecting 1',
      '10500 connected since 10500',
      '10500 a',
    ]);
    expect(line.server.sockets.map(({ url }) => url)).toEqual([
      'wss://api.example/?token=1',
      'wss://api.example/?token=2',
    ]);
  });

  it('is each subscriber’s own', () => {
    const server = fakeSocket();
    const line$ = staysConnected({ urlFor: () => of('wss://x'), ctor: () => server.ctor, receiver: deaf });

    const first = line$.subscribe();
    const second = line$.subscribe();
    server.last().open();
    second.unsubscribe();

    expect(server.sockets.map(({ closedBy }) => closedBy)).toEqual([undefined, { code: 1000 }]);
    first.unsubscribe();
  });

  it('asks for the class of its sockets at each attempt', () => {
    const servers = [fakeSocket(), fakeSocket()];
    let asked = -1;
    const line = virtualLine({ ctor: () => servers[(asked += 1)]?.ctor });

    servers[0]?.last().fail();
    line.time.pass(500);

    expect(servers.map(({ sockets }) => sockets.length)).toEqual([1, 1]);
  });
});

describe('the wait before an attempt', () => {
  it('doubles up to its maximum', () => {
    const line = virtualLine();

    outage(line, 120_000);

    expect(startsIn(line.heard())).toEqual([
      0, 500, 1_500, 3_500, 7_500, 15_500, 31_500, 51_500, 71_500, 91_500, 111_500,
    ]);
  });

  it('is drawn anew each time', () => {
    const draws = [0.5, 0.25, 1];
    const line = virtualLine({
      random: () => draws.shift() ?? 1,
      urlFor: () => throwError(() => new Error()),
    });

    line.time.pass(2_500);

    expect(startsIn(line.heard()).slice(0, 4)).toEqual([0, 250, 500, 2_500]);
  });

  it('starts small again after a stable line', () => {
    const line = virtualLine();
    outage(line, 10_000);
    line.heard();

    line.time.pass(5_500);
    live(line, STABLE_MS);
    line.time.pass(500);

    expect(line.heard()).toEqual([
      '15500 connecting 6',
      '15500 connected since 15500',
      '20500 waiting for 1 until 21000: network',
      '21000 connecting 1',
    ]);
  });

  it('goes on growing while lines open and drop at once (P21)', () => {
    const line = virtualLine();

    for (let attempt = 1; attempt <= 5; attempt += 1) {
      line.server.last().open();
      line.server.last().message('greeting');
      line.time.pass(1);
      line.server.last().close(1000);
      line.time.pass(20_000);
    }

    expect(line.heard().filter((words) => words.includes('waiting'))).toEqual([
      '1 waiting for 2 until 501: network',
      '20002 waiting for 3 until 21002: network',
      '40003 waiting for 4 until 42003: network',
      '60004 waiting for 5 until 64004: network',
      '80005 waiting for 6 until 88005: network',
    ]);
  });

  it.each([1001, 1012, 1013])('is spread over five seconds after a close with %d', (code) => {
    const line = virtualLine();
    live(line, 0, code);

    expect(line.heard().at(-1)).toBe('0 waiting for 2 until 5500: network');
  });

  it('is at least what the server asks for', () => {
    const { line, refuse } = refusedLine({ status: 503, retryAfterMs: 30_000 }, { random: () => 0 });
    refuse();

    expect(line.heard().at(-1)).toBe('0 waiting for 2 until 30000: http');
  });

  it('is five seconds and a draw when an overloaded server names no time', () => {
    const { line, refuse } = refusedLine({ status: 429 });
    refuse();

    expect(line.heard().at(-1)).toBe('0 waiting for 2 until 5500: rate-limited');
  });

  it('ends at a wake, and goes on counting', () => {
    const wake$ = new Subject<string>();
    const line = virtualLine({ circumstances: { ...NO_CIRCUMSTANCES, wake$ } });
    outage(line, 20_000);
    line.heard();

    wake$.next('online');
    line.server.last().fail();

    expect(line.heard()).toEqual(['20000 connecting 7', '20000 waiting for 8 until 40000: network']);
    expect(line.time.timers()).toBe(1);
  });

  it('is no attempt lost or won by wakes at any other time', () => {
    const wake$ = new Subject<string>();
    const line = virtualLine({ circumstances: { ...NO_CIRCUMSTANCES, wake$ } });

    wake$.next('while connecting');
    line.server.last().open();
    wake$.next('while connected');

    expect(line.server.sockets).toHaveLength(1);
  });

  it('does not end, nor does the line, when there is nothing left to wake it (P22)', () => {
    const line = virtualLine({ circumstances: { ...NO_CIRCUMSTANCES, wake$: EMPTY } });

    line.server.last().fail();
    line.time.pass(499);
    expect(line.server.sockets).toHaveLength(1);
    line.time.pass(1);

    expect(line.server.sockets).toHaveLength(2);
  });
});

describe('the time to open', () => {
  it('runs from asking for the URL, and is longer for the second and third attempt (P16)', () => {
    const line = virtualLine({ urlFor: () => NEVER, connectTimeoutMs: 20_000 });

    line.time.pass(250_000);

    expect(line.heard().filter((words) => words.includes('waiting'))).toEqual([
      '20000 waiting for 2 until 20500: timeout',
      '60500 waiting for 3 until 61500: timeout',
      '121500 waiting for 4 until 123500: timeout',
      '183500 waiting for 5 until 187500: timeout',
      '247500 waiting for 6 until 255500: timeout',
    ]);
  });

  it('covers a server that never upgrades, whose socket is abandoned', async () => {
    const line = virtualLine();

    line.time.pass(20_000);
    await Promise.resolve();
    line.server.last().open();

    expect(line.heard()).toEqual(['0 connecting 1', '20000 waiting for 2 until 20500: timeout']);
    expect(line.server.last().readyState).toBe(3);
  });

  it('is over once the line is open', () => {
    const line = virtualLine({ heartbeat: false });

    line.server.last().open();
    line.time.pass(3_600_000);

    expect(line.heard()).toEqual(['0 connecting 1', '0 connected since 0']);
    expect(line.time.timers()).toBe(0);
  });
});

describe('the token', () => {
  /** A line whose server says no in this way each time, and why each token was asked for. */
  const refusedBy = (code: number) => {
    const asked: AttemptContext[] = [];
    const refusals: number[] = [];
    const line = virtualLine({
      urlFor: (context) => {
        asked.push(context);
        return of('wss://x/?token=SECRET');
      },
      refused: () => refusals.push(asked.length),
    });
    return { line, asked, refusals, refuse: (afterMs = 0): void => live(line, afterMs, code) };
  };

  it.each([1008, 4401, 4403])(
    'is renewed once when the line is closed with %d, then the line stops',
    (code) => {
      const { line, asked, refusals, refuse } = refusedBy(code);

      refuse();
      line.time.pass(500);
      refuse();

      expect(asked).toEqual([
        { attempt: 1, reason: 'first' },
        { attempt: 2, reason: 'unauthorized' },
      ]);
      expect(refusals).toEqual([1]);
      expect(line.error()?.fault).toEqual({
        kind: 'unauthorized',
        message: `The line was closed with code ${code}. The server does not accept the token.`,
        closeCode: code,
      });
    },
  );

  it('may be refused again after a stable line', () => {
    const { line, refusals, refuse } = refusedBy(4401);

    for (let times = 0; times < 5; times += 1) {
      refuse(STABLE_MS);
      line.time.pass(500);
    }

    expect(refusals).toEqual([1, 2, 3, 4, 5]);
    expect(line.error()).toBeUndefined();
  });

  it('may be refused again after a line that brought something, however short it was', () => {
    const { line, refusals } = refusedBy(4401);

    for (let times = 0; times < 3; times += 1) {
      line.server.last().open();
      line.server.last().message('greeting');
      line.server.last().close(4401);
      line.time.pass(20_000);
    }

    expect(refusals).toEqual([1, 2, 3]);
    expect(line.error()).toBeUndefined();
    expect(line.heard().at(-1)).toMatch(/connecting 4$/);
  });

  it('stops the line at the second handshake answered with 401', () => {
    const { line, refuse } = refusedLine({ status: 401 });

    refuse();
    line.time.pass(500);
    refuse();

    expect(line.error()?.fault).toMatchObject({ kind: 'unauthorized', status: 401 });
  });

  it('is asked for again when there was none, for the same reason', () => {
    const asked: AttemptContext[] = [];
    const before: (Failure | undefined)[] = [];
    const line = virtualLine({
      urlFor: (context, previous) => {
        asked.push(context);
        before.push(previous);
        if (asked.length === 2) throw new Error('at once (P20)');
        return asked.length === 3 ? throwError(() => new Error('later')) : of('wss://x');
      },
    });

    live(line, 0, 4401);
    line.time.pass(3_500);

    expect(asked.map(({ reason }) => reason)).toEqual([
      'first',
      'unauthorized',
      'unauthorized',
      'unauthorized',
    ]);
    expect(before.map((failure) => failure?.closeCode)).toEqual([undefined, 4401, 4401, 4401]);
    expect(line.heard().slice(-4)).toEqual([
      '500 waiting for 3 until 1500: network',
      '1500 connecting 3',
      '1500 waiting for 4 until 3500: network',
      '3500 connecting 4',
    ]);
  });

  it('stops the line when its provider says unauthorized', () => {
    const refusal = new ComapiError({ kind: 'unauthorized', message: 'Log in again.' });
    const line = virtualLine({ urlFor: () => throwError(() => refusal) });

    expect(line.error()).toBe(refusal);
    expect(line.time.timers()).toBe(0);
  });

  it('is in nothing that the line says or errors with', () => {
    const failures: Failure[] = [];
    const classify = (failure: Failure, fallback: Verdict): Verdict => {
      failures.push(failure);
      return failure.attempt < 4 ? fallback : { action: 'stop', code: 'refused' };
    };
    const ctors = [fakeSocket().ctor, throwingCtor, oddSockets(OddSocket).ctor];
    const line = virtualLine({ reconnect: { classify }, ctor: () => ctors.shift() ?? throwingCtor });

    line.time.pass(600_000);

    const [said, error] = [line.heard(), line.error()];
    expect(failures.map(({ kind }) => kind)).toEqual([
      'connect-timeout',
      'constructor',
      'connect-timeout',
      'constructor',
    ]);
    expect(error?.code).toBe('refused');
    expect(inspect([said, failures, error], { depth: Infinity, showHidden: true })).not.toContain('SECRET');
  });
});

describe('the verdict', () => {
  it.each([1002, 1003, 1007, 1009, 1010])('is protocol at the third close with %d in a row', (code) => {
    const line = virtualLine();

    for (let times = 0; times < 3; times += 1) {
      expect(line.error()).toBeUndefined();
      live(line, 0, code);
      line.time.pass(20_000);
    }

    expect(line.error()?.fault).toMatchObject({ kind: 'protocol', closeCode: code });
  });

  it('is refused at the third handshake answered with 404 in a row', () => {
    const { line, refuse } = refusedLine({ status: 404 });

    for (let times = 0; times < 3; times += 1) {
      expect(line.error()).toBeUndefined();
      refuse();
      line.time.pass(5_000);
    }

    expect(line.error()?.fault).toMatchObject({ kind: 'refused', status: 404 });
  });

  it('is never terminal for frames that are too big, however many', () => {
    const { ctor, sockets } = oddSockets(OddSocket);
    const line = virtualLine({ ctor: () => ctor });

    for (let times = 0; times < 10; times += 1) {
      const socket = sockets.at(-1);
      socket?.open();
      socket?.onerror?.({ error: { code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' } });
      socket?.closed(1009);
      line.time.pass(20_000);
    }

    expect(line.heard().filter((words) => words.endsWith('too-big'))).toHaveLength(10);
    expect(line.error()).toBeUndefined();
  });

  it('may be overruled by classify, which knows the failure', () => {
    const seen: unknown[] = [];
    const line = virtualLine({
      reconnect: {
        classify: (failure, fallback) => {
          seen.push(failure, fallback);
          return { action: 'stop', code: 'refused' };
        },
      },
    });

    live(line, 7, 4000);

    expect(seen).toEqual([{ kind: 'close', closeCode: 4000, attempt: 1, uptimeMs: 7 }, { action: 'retry' }]);
    expect(line.error()?.code).toBe('refused');
  });

  it('stands when classify throws (P22)', () => {
    const line = virtualLine({
      reconnect: {
        classify: () => {
          throw new Error('a bug');
        },
      },
    });

    live(line, 0, 4401);
    line.time.pass(500);
    live(line, 0, 4401);

    expect(line.error()?.code).toBe('unauthorized');
  });

  it('is retries-exhausted at the first drop without reconnecting', () => {
    const line = virtualLine({ reconnect: false });
    live(line, STABLE_MS, 1012);
    expect(line.error()?.fault).toMatchObject({ kind: 'retries-exhausted', closeCode: 1012 });

    const unopened = virtualLine({ reconnect: false });
    unopened.server.last().fail();
    expect(unopened.error()?.code).toBe('retries-exhausted');
  });

  it('is retries-exhausted when all attempts since the last stable line have failed', () => {
    const line = virtualLine({ reconnect: { maxAttempts: 3 } });
    live(line, STABLE_MS);
    line.heard();

    outage(line, 60_000);

    expect(line.heard()).toEqual([
      '5500 connecting 1',
      '5500 waiting for 2 until 6500: network',
      '6500 connecting 2',
      '6500 waiting for 3 until 8500: network',
      '8500 connecting 3',
      '8500 error retries-exhausted',
    ]);
  });

  it('is no-websocket where there is none, without asking for a token', () => {
    let asked = 0;
    const line = virtualLine({ ctor: () => undefined, urlFor: () => ((asked += 1), of('wss://x')) });

    expect(line.error()?.code).toBe('no-websocket');
    expect(asked).toBe(0);
  });

  it('is invalid-url where it is none', () => {
    const line = virtualLine({ urlFor: () => of('https://x/?token=SECRET') });

    expect(line.error()?.code).toBe('invalid-url');
    expect(inspect(line.error(), { depth: Infinity })).not.toContain('SECRET');
  });

  it('tries again where the socket could not be made (P18)', () => {
    const line = virtualLine({ ctor: () => throwingCtor });

    line.time.pass(1_500);

    expect(startsIn(line.heard())).toEqual([0, 500, 1_500]);
  });
});

describe('leaving the line', () => {
  const states: readonly (readonly [string, (line: VirtualLine) => void])[] = [
    ['while it connects', () => undefined],
    ['while it is connected', ({ server }) => server.last().open()],
    ['while it waits', ({ server }) => server.last().fail()],
    [
      'while it connects again',
      ({ server, time }) => {
        server.last().fail();
        time.pass(500);
      },
    ],
    [
      'while it is connected again',
      (line) => {
        live(line, STABLE_MS);
        line.time.pass(500);
        line.server.last().open();
      },
    ],
  ];

  it.each(states)('%s leaves no timer, no socket and no words', async (_, bring) => {
    const wake$ = new Subject<void>();
    const line = virtualLine({ circumstances: { ...NO_CIRCUMSTANCES, wake$ } });
    bring(line);
    line.heard();

    line.subscription.unsubscribe();
    await Promise.resolve();
    line.time.pass(3_600_000);
    line.server.last().open();
    line.server.last().message('late');

    expect(line.server.sockets.map(({ readyState }) => readyState).filter((state) => state !== 3)).toEqual(
      [],
    );
    expect(line.time.timers()).toBe(0);
    expect(wake$.observed).toBe(false);
    expect(line.heard()).toEqual([]);
  });

  it('while it asks for a URL lets go of whoever was asked', () => {
    const asked$ = new Subject<string>();
    const line = virtualLine({ urlFor: () => asked$ });
    expect(asked$.observed).toBe(true);

    line.subscription.unsubscribe();

    expect(asked$.observed).toBe(false);
    expect(line.time.timers()).toBe(0);
  });

  it('tells when the socket has closed, after any number of sockets before it', async () => {
    const closings: Observable<void>[] = [];
    const line = virtualLine({ released: (closed$) => closings.push(closed$) });
    live(line, STABLE_MS);
    line.time.pass(500);
    line.server.last().open();
    let isClosed = false;

    line.subscription.unsubscribe();
    closings[0]?.subscribe({ complete: () => (isClosed = true) });
    expect(isClosed).toBe(false);
    await Promise.resolve();

    expect(closings).toHaveLength(1);
    expect(isClosed).toBe(true);
  });
});

describe('an hour of flapping', () => {
  it('passes in no time and leaves nothing behind', () => {
    const line = virtualLine({
      reconnect: { maxDelayMs: 1_000 },
      connectTimeoutMs: 1_000,
      random: () => 0.5,
    });
    const sizes: number[] = [];

    while (line.time.scheduler.now() < 3_600_000) {
      if (line.server.last().readyState === 0) live(line, 10, 1006);
      line.time.pass(50);
      sizes.push(line.time.timers());
    }

    expect(line.server.sockets.length).toBeGreaterThan(5_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
    expect(line.error()).toBeUndefined();
    line.subscription.unsubscribe();
    expect(line.time.timers()).toBe(0);
  });

  it('does not deepen the stack', () => {
    const stacks: number[] = [];
    let asked = 0;
    const line = virtualLine({
      reconnect: { maxDelayMs: 10 },
      urlFor: () => {
        asked += 1;
        if (asked === 10 || asked === 5_000) stacks.push(stackDepth());
        throw new Error('no token');
      },
    });

    line.time.pass(60_000);

    expect(asked).toBeGreaterThan(5_000);
    expect(stacks[1]).toBe(stacks[0]);
  });
});

const stackDepth = (): number => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const depth = (new Error().stack ?? '').split('\n').length;
  Error.stackTraceLimit = limit;
  return depth;
};

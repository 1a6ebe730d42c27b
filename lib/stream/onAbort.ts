import { noop } from 'rxjs';
import { trampoline } from './trampoline.js';

/** Those who wait for a signal, and how its one listener is taken away. */
interface Waiting {
  readonly acts: Set<() => void>;
  readonly unlisten: () => void;
}

const waitingFor = /* @__PURE__ */ new WeakMap<AbortSignal, Waiting>();

/**
 * Acts when a signal aborts, once.
 *
 * However many wait for a signal, it gets one listener from all of them: a program has one signal for its end and
 * many things to end with it, and Node takes more than ten listeners for a leak, and says so.
 *
 * @param signal Without it, or when it has aborted already, nothing is waited for.
 * @returns Waits no longer.
 */
export const onAbort = (signal: AbortSignal | undefined, act: () => void): (() => void) => {
  if (signal === undefined || signal.aborted) return noop;
  const { acts, unlisten } = waitingFor.get(signal) ?? listenTo(signal);
  // Of its own, so that the same function may be added twice.
  const own = (): void => {
    act();
  };
  acts.add(own);
  return () => {
    if (acts.delete(own) && acts.size === 0) unlisten();
  };
};

const listenTo = (signal: AbortSignal): Waiting => {
  const acts = new Set<() => void>();
  const unlisten = (): void => {
    signal.removeEventListener('abort', abort);
    waitingFor.delete(signal);
  };
  const abort = (): void => {
    unlisten();
    // One that throws keeps nobody from acting. Whoever acts may take others off the list: they do not act any more.
    const inTurn = trampoline();
    inTurn(() => {
      for (const act of acts) {
        inTurn(() => {
          if (acts.has(act)) act();
        });
      }
    });
  };
  signal.addEventListener('abort', abort);
  const waiting = { acts, unlisten };
  waitingFor.set(signal, waiting);
  return waiting;
};

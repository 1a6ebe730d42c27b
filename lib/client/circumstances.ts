import { filter, Observable, type SchedulerLike, share } from 'rxjs';
import type { Fault } from '../fault/Fault.js';
import { clockJumps } from '../stream/clockJumps.js';
import { outside, type Zone } from '../stream/Zone.js';
import { NO_CIRCUMSTANCES, type Circumstances } from '../transport/Circumstances.js';
import type { WakeOptions } from './WakeOptions.js';

export interface CircumstancesParts {
  readonly wakeOn: WakeOptions | false;
  readonly scheduler: SchedulerLike;
  readonly zone: Zone;
}

type Sign = 'awake' | 'parked';

/**
 * Watches the platform, where there is one to watch: `online` and `offline`, `visibilitychange`, `pageshow` and
 * `pagehide` of a page that is kept as it is, `resume` of one that was frozen, and the clock.
 *
 * Nothing is touched before something of it is subscribed to. Its ears are shared, and are taken off with the
 * last subscriber.
 */
export const circumstances = ({ wakeOn, scheduler, zone }: CircumstancesParts): Circumstances => {
  if (wakeOn === false) return NO_CIRCUMSTANCES;
  const { online = true, visible = true } = wakeOn;
  let network: 'online' | 'offline' | undefined;
  let isParked = false;

  const signs$ = new Observable<Sign>((subscriber) => {
    const { window, document } = platform();
    // A worker has no window, but hears of the network all the same.
    const page = window ?? globalThis;
    const awake = (): void => {
      isParked = false;
      subscriber.next('awake');
    };
    const on = (isWanted: boolean, target: unknown, name: string, listener: (event: Event) => void): void => {
      if (!isWanted || !canBeHeard(target)) return;
      target.addEventListener(name, listener);
      subscriber.add(() => {
        target.removeEventListener(name, listener);
      });
    };

    on(online, page, 'offline', () => {
      network = 'offline';
    });
    on(online, page, 'online', () => {
      network = 'online';
      subscriber.next('awake');
    });
    on(visible, document, 'visibilitychange', () => {
      if (!isHidden()) awake();
    });
    on(visible, document, 'resume', awake);
    on(visible, page, 'pageshow', (event) => {
      if (isKept(event)) awake();
    });
    on(visible, page, 'pagehide', (event) => {
      if (!isKept(event)) return;
      isParked = true;
      subscriber.next('parked');
    });
    // What was heard holds no longer than it is listened for.
    return () => {
      network = undefined;
      isParked = false;
    };
  }).pipe(outside(zone), share());

  const isOffline = (): boolean => {
    if (!online || network === 'online') return false;
    const isOnline = platform().navigator?.onLine;
    return isOnline === false || (network === 'offline' && isOnline === undefined);
  };

  return {
    wake$: signs$.pipe(filter((sign) => sign === 'awake')),
    parked$: signs$.pipe(filter((sign) => sign === 'parked')),
    // The timers of a page that is not seen are slowed down; that it is seen again is told anyway.
    jumps$: clockJumps(scheduler).pipe(
      filter(() => !isHidden()),
      share(),
    ),
    obstacle: () => {
      if (isParked) return PARKED;
      return isOffline() ? OFFLINE : undefined;
    },
  };
};

const OFFLINE: Fault = { kind: 'network', message: 'The device is offline.' };

const PARKED: Fault = { kind: 'network', message: 'The page is put away.' };

const canBeHeard = (target: unknown): target is EventTarget =>
  typeof target === 'object' &&
  target !== null &&
  'addEventListener' in target &&
  'removeEventListener' in target;

/** The globals of browsers, as far as they are there. */
interface Platform {
  readonly window?: unknown;
  readonly document?: { readonly visibilityState?: string };
  readonly navigator?: { readonly onLine?: boolean };
}

const platform = (): Platform => globalThis;

const isHidden = (): boolean => platform().document?.visibilityState === 'hidden';

/** Whether the page goes to, or comes from, where browsers keep pages as they are. */
const isKept = (event: Event): boolean => 'persisted' in event && event.persisted === true;

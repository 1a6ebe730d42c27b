import {
  concatMap,
  defer,
  filter,
  firstValueFrom,
  map,
  ReplaySubject,
  type Subject,
  take,
  takeUntil,
  throwError,
} from 'rxjs';
import { check, checkKinds, OBJECT, TIME } from '../fault/checkKinds.js';
import { clientClosed } from '../fault/clientClosed.js';
import { onAbort } from '../stream/onAbort.js';
import { runsOnce } from '../stream/runsOnce.js';
import { outside, type Zone } from '../stream/Zone.js';
import type { Tokens } from '../session/Tokens.js';
import type { LiveFeed } from '../feed/liveFeed.js';
import type { Client } from './Client.js';

export interface EndingsParts {
  readonly feed: LiveFeed;
  readonly tokens: Tokens;
  /** Told when what runs has to end. */
  readonly ended$: Subject<void>;
  readonly zone: Zone;
  readonly signal: AbortSignal | undefined;
}

/** The two ways in which a client ends: for good, and until the next login. */
export const endings = ({
  feed,
  tokens,
  ended$,
  zone,
  signal,
}: EndingsParts): Pick<Client, 'close' | 'endSession'> => {
  const close: Client['close'] = (options = {}) => {
    check(OBJECT, { options });
    checkKinds(options, { timeoutMs: TIME });
    const { timeoutMs = 2_000 } = options;
    if (!feed.isClosed) {
      ignoreSignal();
      const meanwhile = (): void => {
        ended$.next();
      };
      feed.end('closed', { timeoutMs, meanwhile });
    }
    return firstValueFrom(feed.closed$, { defaultValue: undefined });
  };
  const ignoreSignal = onAbort(signal, () => void close());
  if (signal?.aborted === true) void close();

  const left$ = feed.status$.pipe(
    filter(({ state }) => state !== 'closing'),
    take(1),
  );
  const endSession$ = defer(() => {
    if (feed.isClosed) return throwError(clientClosed);
    const released$ = new ReplaySubject<void>(1);
    const meanwhile = (): void => {
      tokens.end().pipe(takeUntil(feed.closed$)).subscribe(released$);
      ended$.next();
    };
    feed.end('idle', { timeoutMs: 2_000, meanwhile });
    // Whoever waits for the end finds the socket gone, too, or its time to close over.
    return released$.pipe(concatMap(() => left$.pipe(map(() => undefined))));
  });

  return { close, endSession: () => runsOnce(endSession$).pipe(outside(zone)) };
};

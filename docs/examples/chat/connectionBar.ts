import { combineLatest, map, type Observable, of, startWith, switchMap, timer } from 'rxjs';
import type { Client, ConnectionStatus, SyncStatus } from 'comapi-rx';
import { button, element, setText } from './element.js';

interface Words {
  /** For the style: what it feels like. */
  readonly mood: 'live' | 'busy' | 'down';
  readonly text: string;
  /** When the line is tried again, in ms since 1970. */
  readonly retryAt?: number;
}

/**
 * Tells how the line stands, and how far what is on screen has come.
 *
 * @param sync$ How far the conversation on screen is followed; undefined where there is none.
 */
export const connectionBar = (client: Client, sync$: Observable<SyncStatus | undefined>): HTMLElement => {
  const text = element('p', { role: 'status' });
  // It changes every second, so it is for eyes only.
  const countdown = element('span', { class: 'countdown', 'aria-hidden': 'true' });
  const retry = button('Try now', {}, () => {
    client.reconnect();
  });
  const bar = element('div', { class: 'bar' }, element('span', { class: 'dot' }), text, countdown, retry);

  const words$ = combineLatest([client.status$, sync$.pipe(startWith(undefined))]).pipe(
    map(([status, sync]) => wordsFor(status, sync)),
  );
  words$.subscribe(({ mood, text: sentence }) => {
    bar.dataset['mood'] = mood;
    setText(text, sentence);
    retry.hidden = mood !== 'down';
  });
  words$.pipe(switchMap(secondsLeft)).subscribe((seconds) => {
    setText(countdown, seconds);
  });
  return bar;
};

const wordsFor = (status: ConnectionStatus, sync: SyncStatus | undefined): Words => {
  switch (status.state) {
    case 'idle':
      return { mood: 'busy', text: 'Not connected' };
    case 'connecting':
      return { mood: 'busy', text: status.attempt > 1 ? 'Connecting again…' : 'Connecting…' };
    case 'connected':
      return connectedWords(sync);
    case 'waiting':
      return { mood: 'down', text: `No connection: ${status.cause.message}`, retryAt: status.retryAt };
    case 'failed':
      return { mood: 'down', text: `Given up: ${status.error.message}` };
    case 'closing':
    case 'closed':
      return { mood: 'busy', text: 'Closed' };
  }
};

const connectedWords = (sync: SyncStatus | undefined): Words => {
  switch (sync?.state) {
    case 'catching-up':
    case 'stale':
      return { mood: 'busy', text: 'Catching up…' };
    case 'degraded':
      return { mood: 'down', text: 'Messages cannot be read just now' };
    default:
      return { mood: 'live', text: 'Live' };
  }
};

const secondsLeft = ({ retryAt }: Words): Observable<string> => {
  // Infinity: when the device is online again.
  if (retryAt === undefined || !Number.isFinite(retryAt)) return of('');
  return timer(0, 250).pipe(map(() => `${Math.max(0, Math.ceil((retryAt - Date.now()) / 1_000))} s`));
};

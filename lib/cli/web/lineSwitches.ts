import { defer, of, repeat, Subscription, switchMap, tap, timer } from 'rxjs';
import type { Faults } from '../../server/faults/Faults.js';
import type { LocalServer } from '../../server/LocalServer.js';
import { sentence } from '../demo/sentence.js';
import { NEIGHBOURS } from './settle.js';

/** What each switch does while it is on. */
const SWITCHES: ReadonlyMap<string, Faults> = new Map<string, Faults>([
  ['chatter', {}],
  ['down', { refuseSockets: 503 }],
  ['frozen', { halfOpen: true }],
  ['lossy', { lose: 0.5 }],
  // Shorter than a client waits before it believes that an id does not exist.
  ['lagging', { historyLagMs: 1_500 }],
  ['refusing', { answer: { status: 503, method: 'POST', path: /\/messages$/ } }],
]);

/** The switches of the page: trouble that lasts, and neighbours who write. */
export interface LineSwitches {
  /** By name, whether each is on. */
  readonly positions: Readonly<Record<string, boolean>>;
  /** False where there is no such switch. */
  turn(name: string, isOn: boolean): boolean;
  close(): void;
}

export interface LineSwitchesOptions {
  /** In force whatever the switches say. */
  readonly lasting: Faults;
  /** Where the neighbours write. */
  readonly conversations: readonly string[];
  readonly random: () => number;
}

/** Makes the switches of a server, all off. */
export const lineSwitches = (
  server: LocalServer,
  { lasting, conversations, random }: LineSwitchesOptions,
): LineSwitches => {
  const on = new Set<string>();
  let chatter = Subscription.EMPTY;
  server.setFaults(lasting);

  return {
    get positions() {
      return Object.fromEntries([...SWITCHES.keys()].map((name) => [name, on.has(name)]));
    },
    turn: (name, isOn) => {
      if (!SWITCHES.has(name)) return false;
      if (on.has(name) === isOn) return true;
      if (isOn) on.add(name);
      else on.delete(name);
      server.setFaults(Object.assign({}, lasting, ...[...on].map((each) => SWITCHES.get(each))) as Faults);
      if (name === 'down' && isOn) server.dropSockets();
      if (name === 'chatter') {
        chatter.unsubscribe();
        if (isOn) chatter = chatterIn(server, conversations, random);
      }
      return true;
    },
    close: () => {
      chatter.unsubscribe();
    },
  };
};

/** The neighbours write, each message after a while of typing. */
const chatterIn = (
  server: LocalServer,
  conversations: readonly string[],
  random: () => number,
): Subscription =>
  defer(() => {
    const pick = <A>(from: readonly A[]): A | undefined => from[Math.floor(random() * from.length)];
    return of({ who: pick(NEIGHBOURS) ?? 'cleo', where: pick(conversations) ?? '' });
  })
    .pipe(
      tap(({ who, where }) => {
        server.setTyping(where, who, true);
      }),
      switchMap(({ who, where }) =>
        timer(500 + random() * 700).pipe(
          tap(() => {
            server.publish(where, { from: who, text: sentence(random) });
          }),
        ),
      ),
      repeat({ delay: () => timer(random() * 600) }),
    )
    .subscribe();

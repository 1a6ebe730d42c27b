/** A target of events that shows who listens to it. */
class WatchedTarget extends EventTarget {
  /** The names that somebody listens to, one for each listener. */
  readonly ears: string[] = [];

  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.ears.push(args[0]);
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.ears.splice(this.ears.indexOf(args[0]), 1);
    super.removeEventListener(...args);
  }

  say(name: string, members: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(name), members));
  }
}

/** A browser, as far as it tells of the network and of the page. */
export interface FakePlatform {
  /** The network goes, or comes back, and the browser says so. */
  goOffline(): void;
  goOnline(): void;
  /** The browser says only when asked that there is no network. */
  claimOffline(): void;
  hide(): void;
  show(): void;
  /** The page is put away as it is, and taken out again. */
  putAway(): void;
  takeOut(): void;
  /** The page is left or loaded as usual: nothing is kept. */
  unload(): void;
  load(): void;
  resume(): void;
  /** What is listened to at the moment. */
  readonly ears: readonly string[];
  /** How often a global was read. */
  readonly reads: number;
  /** Takes the browser away again. */
  remove(): void;
}

/** Puts a browser's globals where a library finds them. */
export const fakePlatform = (): FakePlatform => {
  const window = new WatchedTarget();
  const page = new WatchedTarget();
  const document = Object.assign(page, { visibilityState: 'visible' });
  const navigator = { onLine: true };
  const globals = { window, document, navigator };
  const before = Object.getOwnPropertyDescriptors(globalThis);
  let reads = 0;

  Object.entries(globals).forEach(([name, value]) => {
    const get = (): unknown => {
      reads += 1;
      return value;
    };
    Object.defineProperty(globalThis, name, { configurable: true, get });
  });

  return {
    goOffline: () => {
      navigator.onLine = false;
      window.say('offline');
    },
    goOnline: () => {
      navigator.onLine = true;
      window.say('online');
    },
    claimOffline: () => {
      navigator.onLine = false;
    },
    hide: () => {
      document.visibilityState = 'hidden';
      document.say('visibilitychange');
    },
    show: () => {
      document.visibilityState = 'visible';
      document.say('visibilitychange');
    },
    putAway: () => window.say('pagehide', { persisted: true }),
    takeOut: () => window.say('pageshow', { persisted: true }),
    unload: () => window.say('pagehide', { persisted: false }),
    load: () => window.say('pageshow', { persisted: false }),
    resume: () => document.say('resume'),
    get ears() {
      return [...window.ears, ...page.ears].sort();
    },
    get reads() {
      return reads;
    },
    remove: () => {
      Object.keys(globals).forEach((name) => {
        const was = before[name as keyof typeof before];
        if (was === undefined) Reflect.deleteProperty(globalThis, name);
        else Object.defineProperty(globalThis, name, was);
      });
    },
  };
};

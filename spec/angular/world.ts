import {
  createEnvironmentInjector,
  type EnvironmentInjector,
  ErrorHandler,
  Injector,
  NgZone,
  PLATFORM_ID,
  runInInjectionContext,
  ɵChangeDetectionScheduler as ChangeDetectionScheduler,
  ɵEffectScheduler as EffectScheduler,
  ɵINJECTOR_SCOPE as INJECTOR_SCOPE,
} from '@angular/core';
import { provideComapi } from '../../lib/angular/provideComapi.js';
import type { ClientOptions } from '../../lib/client/ClientOptions.js';
import { fakeSocket, type FakeSockets } from '../../lib/testing/fakeSocket.js';
import { fakeBackend, type FakeBackend } from '../support/fakeBackend.js';
import { fakeZone } from '../support/fakeZone.js';
import { virtualTime, type VirtualTime } from '../support/virtualTime.js';

/** An application without a page: the injector in which a client is provided, and what the client ends in. */
export interface AngularWorld {
  readonly line: FakeSockets;
  readonly backend: FakeBackend;
  readonly time: VirtualTime;
  /** What the `ErrorHandler` was given. */
  readonly handled: readonly unknown[];
  /** Runs `fn` inside the zone, where `inject()` may be called. */
  inject<A>(fn: () => A): A;
  /** Runs what waits for signals to change, as an application does before it checks its templates. */
  flush(): void;
  /** Whether the code that asks runs inside the zone. */
  where(): string;
  destroy(): void;
}

export const angularWorld = (
  options: Partial<ClientOptions> = {},
  platform: 'browser' | 'server' = 'browser',
): AngularWorld => {
  const line = fakeSocket();
  const backend = fakeBackend();
  const time = virtualTime();
  const { zone, inside, where } = fakeZone();
  const handled: unknown[] = [];
  const parent = Injector.create({
    providers: [
      { provide: NgZone, useValue: zone },
      { provide: PLATFORM_ID, useValue: platform },
      // Effects want to be part of an application: this one runs them when it is told to.
      { provide: INJECTOR_SCOPE, useValue: 'root' },
      { provide: ChangeDetectionScheduler, useValue: { notify: () => undefined, runningTick: false } },
      { provide: ErrorHandler, useValue: { handleError: (error: unknown) => handled.push(error) } },
    ],
  });
  const provider = provideComapi(() => ({
    apiSpaceId: 'space',
    getToken: () => 'token',
    profileId: 'me',
    webSocketCtor: line.ctor,
    fetch: backend.fetch,
    scheduler: time.scheduler,
    random: () => 0.5,
    ...options,
  }));
  // An injector made by hand is one of an environment too; its type only does not say so.
  const injector = createEnvironmentInjector([provider], parent as EnvironmentInjector);

  return {
    line,
    backend,
    time,
    handled,
    inject: (fn) => inside(() => runInInjectionContext(injector, fn)),
    flush: () => {
      injector.get(EffectScheduler).flush();
    },
    where,
    destroy: () => {
      injector.destroy();
    },
  };
};

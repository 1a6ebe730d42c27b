import {
  DestroyRef,
  type EnvironmentProviders,
  ErrorHandler,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  NgZone,
  PLATFORM_ID,
} from '@angular/core';
import type { Client } from '../client/Client.js';
import type { ClientOptions } from '../client/ClientOptions.js';
import { createClient } from '../client/createClient.js';

/** The client of an application. Read it with `injectComapi()`. */
export const COMAPI = new InjectionToken<Client>('comapi-rx');

/**
 * Provides one client to all of an application, or to a part of it.
 *
 * It is created when it is first injected, and closed with its injector. It runs outside Angular's zone, so no timer
 * or frame causes change detection, and an open connection does not keep an application from becoming stable; only
 * `on()` handlers run inside, and what they throw goes to the `ErrorHandler`. On a server that renders pages the
 * client is disabled: nothing is ever opened, and streams stay silent.
 *
 * @example
 * ```ts no-run
 * import { type ApplicationConfig, inject, InjectionToken } from '@angular/core';
 * import { provideComapi } from 'comapi-rx/angular';
 *
 * const JWT_FOR = new InjectionToken<(nonce: string) => Promise<string>>('asks our backend');
 *
 * export const appConfig: ApplicationConfig = {
 *   providers: [
 *     provideComapi(() => {
 *       const jwtFor = inject(JWT_FOR); // options as a function may inject
 *       return { apiSpaceId: 'your-api-space', authenticate: ({ nonce }) => jwtFor(nonce) };
 *     }),
 *   ],
 * };
 * ```
 *
 * @param options As for `createClient`, or a function that returns them, called once, where `inject()` may be used.
 * Their `zone` and `enabled` take precedence over the behaviour described here.
 */
export const provideComapi = (options: ClientOptions | (() => ClientOptions)): EnvironmentProviders =>
  makeEnvironmentProviders([{ provide: COMAPI, useFactory: () => openClient(options) }]);

const openClient = (options: ClientOptions | (() => ClientOptions)): Client => {
  const errors = inject(ErrorHandler);
  const { zone, enabled, ...rest } = typeof options === 'function' ? options() : options;
  const client = createClient({
    ...rest,
    zone: zone ?? inject(NgZone),
    enabled: enabled ?? inject(PLATFORM_ID) !== 'server',
  });
  const tell = (error: unknown): void => {
    errors.handleError(error);
  };
  client.handlerErrors$.subscribe({ next: ({ error }) => tell(error), error: tell });
  inject(DestroyRef).onDestroy(() => void client.close());
  return client;
};

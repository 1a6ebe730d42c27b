import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import { injectComapi } from './injectComapi.js';

/**
 * Returns the status of the connection as a signal. It only watches, and does not open the connection. Call it where
 * `inject()` may be called.
 *
 * @example
 * ```ts no-run
 * import { Component, computed } from '@angular/core';
 * import { injectConnection } from 'comapi-rx/angular';
 *
 * @Component({ selector: 'app-badge', template: `{{ isOpen() ? 'online' : 'connecting …' }}` })
 * export class Badge {
 *   readonly #connection = injectConnection();
 *   readonly isOpen = computed(() => this.#connection().state === 'connected');
 * }
 * ```
 */
export const injectConnection = (): Signal<ConnectionStatus> =>
  toSignal(injectComapi().status$, { requireSync: true });

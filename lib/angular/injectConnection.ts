import type { Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { ConnectionStatus } from '../transport/ConnectionStatus.js';
import { injectComapi } from './injectComapi.js';

/**
 * Gives the status of the line as a signal. It opens nothing: a badge that shows it is no wish for a connection.
 * To be called where `inject()` may be.
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

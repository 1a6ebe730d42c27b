import { inject } from '@angular/core';
import type { Client } from '../client/Client.js';
import { COMAPI } from './provideComapi.js';

/**
 * Returns the client that `provideComapi` provides. Call it where `inject()` may be called.
 *
 * @example
 * ```ts no-run
 * import { Component } from '@angular/core';
 * import { injectComapi } from 'comapi-rx/angular';
 *
 * @Component({ selector: 'app-leave', template: `<button (click)="leave()">Log out</button>` })
 * export class Leave {
 *   readonly #client = injectComapi();
 *
 *   leave(): void {
 *     this.#client.endSession().subscribe();
 *   }
 * }
 * ```
 *
 * @throws Angular's own error, when no client is provided.
 */
export const injectComapi = (): Client => inject(COMAPI);

import { inject } from '@angular/core';
import type { Client } from '../client/Client.js';
import { COMAPI } from './provideComapi.js';

/**
 * Gives the client that `provideComapi` provides. To be called where `inject()` may be.
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
 * @throws Angular's own error, where nobody provides a client.
 */
export const injectComapi = (): Client => inject(COMAPI);

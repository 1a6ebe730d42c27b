import { inject } from '@angular/core';
import type { Client } from '../client/Client.js';
import { COMAPI } from './provideComapi.js';

/** Gives the client that `provideComapi` provides. To be called where `inject()` may be. */
export const injectComapi = (): Client => inject(COMAPI);

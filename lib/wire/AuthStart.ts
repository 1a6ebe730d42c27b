import * as t from 'io-ts';
import { Id } from './Id.js';

/** The answer to `GET /sessions/start`: the challenge that the app's backend has to sign. */
export interface AuthStart {
  readonly authenticationId: string;
  readonly nonce: string;
}

export const AuthStart: t.Type<AuthStart> = t.type({ authenticationId: Id, nonce: Id }, 'AuthStart');

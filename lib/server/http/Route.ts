import type { Type } from 'io-ts';
import type { Session } from '../state/Session.js';

/** A request on its way to a route. */
export interface Call {
  /** A part of the path, decoded. */
  param(name: string): string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  /** The body as bytes, or a refusal when it is too long. */
  bytes(): Promise<Buffer>;
  /** The body as JSON of this shape, or a refusal that says what does not fit. */
  json<A>(shape: Type<A, unknown>): Promise<A>;
  readonly sourceIp: string;
}

export interface AuthorisedCall extends Call {
  readonly session: Session;
}

/** What a route answers: nothing, JSON, text or bytes. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API space, as in `/conversations/:conversationId`. Words match whatever their case. */
  readonly path: string;
}

interface OpenRoute extends Endpoint {
  readonly isOpen: true;
  readonly answer: (call: Call) => Reply | Promise<Reply>;
}

interface AuthorisedRoute extends Endpoint {
  readonly isOpen?: false;
  readonly answer: (call: AuthorisedCall) => Reply | Promise<Reply>;
}

/** One endpoint. Everybody may call an open one, and those with a session all others. */
export type Route = OpenRoute | AuthorisedRoute;

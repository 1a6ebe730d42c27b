/** How a server answered a handshake that it refused. */
export interface Refusal {
  readonly status: number;
  readonly retryAfterMs?: number;
}

/** A socket that can tell how its handshake was refused; no platform's own socket can. */
export interface TellsRefusal {
  readonly refusal: Refusal | undefined;
}

/** Asks a socket how its handshake was refused. */
export const refusalOf = (socket: object): Refusal | undefined =>
  // Nothing but nodeWebSocket has a member of this name, and there it has this type.
  'refusal' in socket ? (socket as TellsRefusal).refusal : undefined;

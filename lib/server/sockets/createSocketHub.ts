import type { WebSocket } from 'ws';
import type { Timers } from '../createTimers.js';
import { withoutFields } from '../faults/withoutFields.js';
import type { FaultsInForce } from '../faults/faultsInForce.js';
import type { Session } from '../state/Session.js';
import { createLine, type Line } from './createLine.js';
import type { Frame } from './Frame.js';

interface Connection {
  readonly socket: WebSocket;
  readonly session: Session;
  readonly line: Line;
}

/** All open sockets of the space. */
export interface SocketHub {
  /** Takes over a socket that is open: `first` is the first frame on it. */
  add(socket: WebSocket, session: Session, first: Frame): void;
  announce(frame: Frame, to: Iterable<string>): void;
  push(profileId: string, bytes: string | Uint8Array): void;
  /** Cuts sockets, without a close frame unless there is a code; all of them unless a filter says which. */
  drop(which?: (session: Session) => boolean, code?: number): number;
  /** Lets sockets go half-open, or cuts the half-open ones, as the faults have it now. */
  followFaults(): void;
  readonly size: number;
}

export interface SocketHubOptions {
  readonly faults: FaultsInForce;
  readonly timers: Timers;
  readonly now: () => number;
}

/** Keeps the open sockets, and sends each what its profile may see. */
export const createSocketHub = ({ faults, timers, now }: SocketHubOptions): SocketHub => {
  const connections = new Map<WebSocket, Connection>();
  const dead = new Set<WebSocket>();

  const send = (socket: WebSocket, bytes: string | Uint8Array): void => {
    if (connections.has(socket) && !dead.has(socket)) socket.send(bytes, () => {});
  };

  /** Nothing is read any more, so no ping is answered; the kernel still acknowledges, so the peer learns nothing. */
  const makeHalfOpen = (socket: WebSocket): void => {
    if (dead.has(socket)) return;
    dead.add(socket);
    socket.pause();
    faults.count('halfOpen');
  };

  const forget = (socket: WebSocket): void => {
    connections.delete(socket);
    dead.delete(socket);
  };

  /** Its own 'close' comes some turns later, and whoever cut it shall find it gone now. */
  const cut = (socket: WebSocket): void => {
    forget(socket);
    socket.terminate();
  };

  const linesOf = (profileIds: ReadonlySet<string>): readonly Line[] =>
    [...connections.values()]
      .filter(({ session }) => profileIds.has(session.profileId))
      .map(({ line }) => line);

  return {
    add: (socket, session, first) => {
      const line = createLine({ send: (bytes) => send(socket, bytes), faults, timers, now });
      connections.set(socket, { socket, session, line });
      // A broken frame of a client is its own problem: ws closes the socket, and that is all.
      socket.on('error', () => {});
      socket.on('close', () => forget(socket));
      if (faults.current.halfOpen) makeHalfOpen(socket);
      line.exactly(JSON.stringify(first));
    },
    announce: (frame, to) => {
      const lines = linesOf(new Set(to));
      if (lines.length === 0) return;
      const text = JSON.stringify(withoutFields(frame, faults, ['context', 'publishedOn', 'etag']));
      lines.forEach((line) => line.event(text));
    },
    push: (profileId, bytes) => linesOf(new Set([profileId])).forEach((line) => line.exactly(bytes)),
    drop: (which = () => true, code) => {
      const chosen = [...connections.values()].filter(({ session }) => which(session));
      for (const { socket } of chosen) {
        if (code === undefined || dead.has(socket)) cut(socket);
        else socket.close(code);
      }
      return chosen.length;
    },
    followFaults: () => {
      if (faults.current.halfOpen) connections.forEach((_, socket) => makeHalfOpen(socket));
      else dead.forEach(cut);
    },
    get size() {
      return connections.size;
    },
  };
};

import {
  catchError,
  concat,
  defer,
  EMPTY,
  ignoreElements,
  map,
  type Observable,
  tap,
  throwError,
} from 'rxjs';
import { faultOf } from '../fault/faultOf.js';
import type { Tokens } from '../session/Tokens.js';
import { complaintIn } from '../transport/Complaint.js';
import type { StaysConnectedOptions } from '../transport/staysConnected.js';
import { withoutEndSlashes } from '../transport/withoutEndSlashes.js';

export interface SocketAddressParts {
  readonly webSocketBase: string;
  readonly apiSpaceId: string;
  readonly tokens: Tokens;
  /** Any authorised request: its 401 renews the token, a second one is final. */
  readonly probe: () => Observable<unknown>;
}

/**
 * Makes the address for each attempt, with a token that is fresh for it.
 *
 * A browser does not tell why a handshake failed. So after one that failed for an unknown reason a request is
 * made first, which does tell whether it is the token that is refused.
 */
export const socketAddress = ({
  webSocketBase,
  apiSpaceId,
  tokens,
  probe,
}: SocketAddressParts): Required<Pick<StaysConnectedOptions, 'urlFor' | 'refused'>> => {
  const base = `${withoutEndSlashes(webSocketBase)}/apispaces/${encodeURIComponent(apiSpaceId)}/socket`;
  let lastToken: string | undefined;

  return {
    urlFor: (context, previous) => {
      const isUnexplained =
        previous?.kind === 'handshake' &&
        previous.status === undefined &&
        complaintIn(previous) === undefined;
      const url$ = tokens.forAttempt(context).pipe(
        tap((token) => {
          lastToken = token;
        }),
        map((token) => `${base}?token=${encodeURIComponent(token)}`),
      );
      return isUnexplained
        ? concat(defer(probe).pipe(ignoreElements(), catchError(unlessRefused)), url$)
        : url$;
    },
    refused: () => {
      if (lastToken !== undefined) tokens.refuse(lastToken);
    },
  };
};

const unlessRefused = (error: unknown): Observable<never> =>
  faultOf(error).kind === 'unauthorized' ? throwError(() => error) : EMPTY;

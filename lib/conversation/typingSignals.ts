import {
  catchError,
  defer,
  map,
  type Observable,
  of,
  ReplaySubject,
  type SchedulerLike,
  switchMap,
  tap,
} from 'rxjs';
import { runsOnce } from '../stream/runsOnce.js';
import type { Rest } from '../rest/Rest.js';

export interface TypingSignalsParts {
  readonly rest: Pick<Rest, 'startTyping' | 'stopTyping'>;
  readonly scheduler: SchedulerLike;
}

/** The signals that I am typing, for all conversations of a client. */
export interface TypingSignals {
  /** A command: `true` = sent, `false` = not needed, since the same was said within the last ten seconds. */
  set(conversationId: string, typing: boolean): Observable<boolean>;
  /** Forgets what was said: somebody else may be logged in next. */
  forget(): void;
}

const THROTTLE_MS = 10_000;

interface Said {
  readonly typing: boolean;
  /** Undefined while the request is under way. */
  readonly at?: number;
  readonly done$: Observable<unknown>;
}

/**
 * Creates the throttle of typing signals, shared by everybody who types in the same conversation.
 *
 *     set:     on--on--off-on-------on
 *     sent:    on------off-on-------on      the second `on` came within ten seconds
 *
 * Only what was said last is remembered, and only once the server has taken it: saying the opposite makes the
 * throttle start anew, and a failure counts as never said. One that is on its way counts as said; the
 * opposite waits for it, so that the two do not overtake each other.
 */
export const typingSignals = ({ rest, scheduler }: TypingSignalsParts): TypingSignals => {
  const last = new Map<string, Said>();

  const forgetOld = (): void => {
    for (const [id, { at = Infinity }] of last) {
      if (at + THROTTLE_MS <= scheduler.now()) last.delete(id);
    }
  };

  const send = (conversationId: string, typing: boolean): Observable<boolean> => {
    const before = last.get(conversationId);
    const done$ = new ReplaySubject<void>(1);
    const under: Said = { typing, done$ };
    const unlessReplaced = (settle: () => void): void => {
      if (last.get(conversationId) === under) settle();
      done$.next();
      done$.complete();
    };
    last.set(conversationId, under);
    return defer(() => (typing ? rest.startTyping(conversationId) : rest.stopTyping(conversationId))).pipe(
      tap({
        next: () => {
          unlessReplaced(() => last.set(conversationId, { ...under, at: scheduler.now() }));
        },
        error: () => {
          unlessReplaced(() => {
            if (before === undefined) last.delete(conversationId);
            else last.set(conversationId, before);
          });
        },
      }),
      map(() => true),
    );
  };

  const inTurn = (conversationId: string, typing: boolean): Observable<boolean> =>
    defer(() => {
      forgetOld();
      const said = last.get(conversationId);
      if (said?.typing === typing) return of(false);
      if (said === undefined || said.at !== undefined) return send(conversationId, typing);
      return said.done$.pipe(
        catchError(() => of(undefined)),
        switchMap(() => inTurn(conversationId, typing)),
      );
    });

  return {
    set: (conversationId, typing) => runsOnce(inTurn(conversationId, typing)),
    forget: () => {
      last.clear();
    },
  };
};

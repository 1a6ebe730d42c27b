import {
  distinctUntilKeyChanged,
  finalize,
  fromEvent,
  map,
  merge,
  noop,
  type Observable,
  takeUntil,
  tap,
} from 'rxjs';
import { eventLine } from '../eventLine.js';
import { paintFor } from '../paintFor.js';
import { rangeText } from '../rangeText.js';
import type { Terminal } from '../Terminal.js';
import { UsageError } from '../UsageError.js';
import { escapeJson } from '../../fault/escapeText.js';
import { faultOf } from '../../fault/faultOf.js';
import type { ConversationMessageEvent } from '../../wire/event/conversationMessageEvent.js';
import { nodeWebSocket } from '../../transport/nodeWebSocket.js';
import type { ConversationLog } from '../../log/ConversationLog.js';
import { createClient } from '../../client/createClient.js';
import { type TailFlags, tailFlags } from './tailFlags.js';

/**
 * `comapi-rx tail CONVERSATION`: prints the events of a conversation, and goes on with those that come. How it
 * stands, and what is missing, goes to stderr. The token is in neither.
 *
 * @returns 0 when the conversation or the user ended it, 1 when it failed for good.
 */
export const tail = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const flags = tailFlags(args, terminal.env);
  const client = openClient(flags);
  const { stdout, stderr } = terminal;
  const line = lineFor(flags, stdout.isTTY === true);
  const log = client.conversation(flags.conversationId).log({ after: flags.after });
  const enough$ = merge(fromEvent(terminal, 'SIGINT'), fromEvent(terminal, 'SIGTERM'));

  const told$ = remarksOn(log).pipe(tap((remark) => stderr.write(`${remark}\n`)));
  const events$ = log.events$.pipe(tap((event) => stdout.write(`${line(event)}\n`)));
  const code = await new Promise<number>((resolve) => {
    const remarks = told$.subscribe({ error: noop });
    events$
      .pipe(
        takeUntil(enough$),
        finalize(() => {
          remarks.unsubscribe();
        }),
      )
      .subscribe({
        error: (error: unknown) => {
          stderr.write(`comapi-rx: ${faultOf(error).message}\n`);
          resolve(1);
        },
        complete: () => {
          resolve(0);
        },
      });
  });
  await client.close();
  return code;
};

const openClient = ({
  apiSpaceId,
  urlBase,
  webSocketBase,
  token,
}: TailFlags): ReturnType<typeof createClient> => {
  try {
    return createClient({
      apiSpaceId,
      urlBase,
      webSocketBase,
      webSocketCtor: nodeWebSocket(),
      getToken: () => token,
    });
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
};

const lineFor = ({ json }: TailFlags, isTerminal: boolean): ((event: ConversationMessageEvent) => string) => {
  const paint = paintFor(isTerminal);
  return json ? escapeJson : (event) => eventLine(event, paint);
};

/** How the log stands, and each range that it passes. */
const remarksOn = (log: ConversationLog): Observable<string> =>
  merge(
    log.status$.pipe(
      distinctUntilKeyChanged('state'),
      map(({ state, cursor, problem }) => `${state} at ${cursor}${problem ? `: ${problem.message}` : ''}`),
    ),
    log.holes$.pipe(map((range) => `hole ${rangeText(range)}`)),
    log.discontinuities$.pipe(map((range) => `lost ${rangeText(range)}: ${range.reason}`)),
  );

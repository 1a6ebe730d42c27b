import { filter, firstValueFrom, Subject } from 'rxjs';
import { webSocket } from 'rxjs/webSocket';
import { WebSocket } from 'ws';
import type { WebSocketCtor } from '../../../lib/index.js';
import type { Contender } from './Contender.js';

interface Frame {
  readonly name: string;
}

/** As it is often written: one `webSocket()`, and a filter for each name. Nothing is checked. */
export const rxjsFilters: Contender = async ({ ws }, told) => {
  const open$ = new Subject<unknown>();
  const frames$ = webSocket<Frame>({
    url: ws,
    // ws is a WebSocket in what rxjs does with one.
    WebSocketCtor: WebSocket as unknown as WebSocketCtor,
    openObserver: open$,
  });
  const opened = firstValueFrom(open$);
  frames$.pipe(filter(({ name }) => name.startsWith('conversationMessage.'))).subscribe(told);
  await opened;
};

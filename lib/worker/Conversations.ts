import type { Observable } from 'rxjs';

/**
 * Which conversations: a list; an Observable of lists, each replacing the one before; or `'mine'`, all that my
 * profile takes part in, joining and leaving as it is added and removed. An Observable is subscribed to at the call.
 */
export type Conversations = readonly string[] | Observable<readonly string[]> | 'mine';

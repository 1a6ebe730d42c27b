import type { Observable } from 'rxjs';

/**
 * Which conversations: a list of ids; an Observable of lists, each replacing the one before, subscribed to at the
 * call; or `'mine'`: all in which my profile takes part, as it is added and removed.
 */
export type Conversations = readonly string[] | Observable<readonly string[]> | 'mine';

import { filter, firstValueFrom, type Observable, timeout } from 'rxjs';

const PATIENCE_MS = 30_000;

/** Waits for a value that fits; rejects when the stream ends before, or when none has come for half a minute. */
export const until = <A>(stream$: Observable<A>, fits: (value: A) => boolean): Promise<A> =>
  firstValueFrom(stream$.pipe(filter(fits), timeout({ first: PATIENCE_MS })));

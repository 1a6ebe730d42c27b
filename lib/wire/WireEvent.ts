import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import type { Envelope } from './Envelope.js';
import type { EventMeta } from './EventMeta.js';
import { guardOf } from './guardOf.js';
import { misfits } from './misfits.js';

/** Says what is wrong with a frame. It is a function because most bad frames are counted and never read. */
export type Misfits = () => readonly string[];

/** One event name: how its envelope becomes a payload of the type `K`. */
export interface WireEvent<K extends string, P> {
  readonly type: K;
  /** What the envelope must hold for this event. */
  readonly needs: t.Mixed;
  readonly decode: (
    envelope: Envelope,
  ) => E.Either<Misfits, { readonly type: K; readonly payload: P; readonly meta: EventMeta }>;
}

export interface WireEventParts<K extends string, P, A> {
  readonly type: K;
  /** What the envelope must hold for this event. */
  readonly needs: t.Type<A>;
  /** Builds the payload, field by field: nothing that was not asked for gets through. */
  readonly payload: (envelope: Envelope & A) => P;
}

/**
 * Makes an event out of what it needs and how its payload is built.
 *
 * The check is one guard, which makes no error objects; only a frame that fails it is ever decoded by its codec,
 * and only when somebody reads its errors.
 */
export const wireEvent = <K extends string, P, A>({
  type,
  needs,
  payload,
}: WireEventParts<K, P, A>): WireEvent<K, P> => {
  const fits = guardOf(needs);

  return {
    type,
    needs,
    decode: (envelope) =>
      fits(envelope)
        ? E.right({ type, payload: payload(envelope), meta: envelope.meta })
        : E.left(() => misfits(needs, envelope)),
  };
};

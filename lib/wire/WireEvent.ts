import type * as t from 'io-ts';
import * as E from '#fp-ts/Either';
import type { Envelope } from './Envelope.js';
import type { EventMeta } from './EventMeta.js';
import { misfits } from './misfits.js';

/** A frame as a server could send it, and the payload it decodes to. */
export interface Sample<P> {
  readonly frame: unknown;
  readonly payload: P;
}

/** Says what is wrong with a frame. It is a function because most bad frames are counted and never read. */
export type Misfits = () => readonly string[];

/** One event name: how its envelope becomes a payload of the type `K`. */
export interface WireEvent<K extends string, P> {
  readonly type: K;
  readonly decode: (
    envelope: Envelope,
  ) => E.Either<Misfits, { readonly type: K; readonly payload: P; readonly meta: EventMeta }>;
  readonly sample: Sample<P>;
}

export interface WireEventParts<K extends string, P, A> {
  readonly type: K;
  /** What the envelope must hold for this event. */
  readonly needs: t.Type<A>;
  /** Builds the payload, field by field: nothing that was not asked for gets through. */
  readonly payload: (envelope: Envelope & A) => P;
  readonly sample: Sample<P>;
}

/**
 * Makes an event out of what it needs and how its payload is built.
 *
 * The check is one `is`, which makes no error objects; only a frame that fails it is ever decoded the slow way,
 * and only when somebody reads its errors.
 */
export const wireEvent = <K extends string, P, A>({
  type,
  needs,
  payload,
  sample,
}: WireEventParts<K, P, A>): WireEvent<K, P> => ({
  type,
  decode: (envelope) =>
    needs.is(envelope)
      ? E.right({ type, payload: payload(envelope), meta: envelope.meta })
      : E.left(() => misfits(needs, envelope)),
  sample,
});

import * as E from '#fp-ts/Either';
import type { ComapiEvent } from './ComapiEvent.js';
import type { Envelope } from './Envelope.js';
import { eventNamed } from './eventTable.js';
import { unknownEvent, type UnknownEvent } from './UnknownEvent.js';
import type { Misfits } from './WireEvent.js';

/** Looks inside an envelope: a typed event, an event without a type here, or what keeps it from being one. */
export const decodeEnvelope = (envelope: Envelope): E.Either<Misfits, ComapiEvent | UnknownEvent> =>
  eventNamed(envelope.name)?.decode(envelope) ?? E.right(unknownEvent(envelope));

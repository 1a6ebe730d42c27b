import type { Receiver } from '../../lib/transport/Receiver.js';

/** A receiver that notes what comes in: each frame as it came, and that one was too big. */
export const receiving = (note: (said: unknown) => unknown): Receiver => ({
  frame: (raw) => void note(raw),
  tooBig: () => void note('too-big'),
});

/** A receiver that listens to nothing. */
export const deaf: Receiver = receiving(() => undefined);

/**
 * Where a line puts what comes in by it, each time in the call in which the socket says so.
 *
 * It goes past the stream that says how the line stands, since that is made for a few words in an hour and takes
 * each through a dozen operators. As nothing on either way waits, what is said first is heard first.
 */
export interface Receiver {
  /** What came, as it came: a string, an ArrayBuffer, or whatever the platform hands over. */
  readonly frame: (raw: unknown) => void;
  /** A frame came that was refused for its size. It is lost, and the socket with it. */
  readonly tooBig: () => void;
}

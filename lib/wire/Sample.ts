/** A frame as a server could send it, and the payload it decodes to. */
export interface Sample<P> {
  readonly frame: unknown;
  readonly payload: P;
}

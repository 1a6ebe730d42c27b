/** Which signs make the client check its connection, or try to reconnect, at once. */
export interface WakeOptions {
  /** The network is back. While the browser reports none, nothing is tried. Default: `true`. */
  readonly online?: boolean;
  /** The page is visible again, or is restored from the back/forward cache. Default: `true`. */
  readonly visible?: boolean;
}

/** What makes a line look up at once instead of waiting for its next turn. */
export interface WakeOptions {
  /** The network is back. While the browser says that there is none, nothing is tried. Default: `true`. */
  readonly online?: boolean;
  /** The page is seen again, or comes back as it was left. Default: `true`. */
  readonly visible?: boolean;
}

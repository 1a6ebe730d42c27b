/** What one socket says while it lives. */
export type SocketSign =
  | { readonly kind: 'opened' }
  /** What came, as it came: a string, an ArrayBuffer, or whatever the platform hands over. */
  | { readonly kind: 'frame'; readonly raw: unknown }
  /** A frame came that was refused for its size. It is lost, and the socket with it. */
  | { readonly kind: 'too-big' };
